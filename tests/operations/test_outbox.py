"""The outbox: written with the change, sealed, and read by nobody but for what became of it."""

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import translation

from operations.models import MailState, OutgoingMail
from operations.services import in_language_of, mail_state, queue_mail
from peersupport.demo.factories import CoordinatorFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope

pytestmark = pytest.mark.django_db

ADDRESS, TEXT = "vera.testhage@lindsjo.example", "Välkommen hit."


def queue(**fields):
    return queue_mail(**{"to": ADDRESS, "kind": "test", "subject": "Hej", "text": TEXT} | fields)


def stored() -> list[OutgoingMail]:
    with owner():
        return list(OutgoingMail.objects.order_by("created_at"))


def test_mail_is_sealed_in_the_database_and_whole_for_the_sender():
    queue()
    (mail,) = stored()
    assert (mail.to, mail.text, mail.subject) == (ADDRESS, TEXT, "Hej")
    with owner(), connection.cursor() as cursor:
        cursor.execute("select to_jsonb(m)::text from operations_outgoingmail m")
        (row,) = cursor.fetchone()
    assert ADDRESS not in row and TEXT not in row


def test_mail_is_as_undone_as_the_change_it_tells_of():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue()
        raise ZeroDivisionError
    assert stored() == []


def test_mail_belongs_to_who_caused_it_or_to_nobody():
    user = CoordinatorFactory()
    with scope(user):
        queue()
    queue()
    assert [mail.made_by_id for mail in stored()] == [user.pk, None]


def test_a_line_break_in_a_subject_begins_no_header():
    queue(subject="Hej\nBcc: annan@lindsjo.example")
    assert stored()[0].subject == "Hej Bcc: annan@lindsjo.example"


def test_mail_state_is_told_to_who_caused_it_alone():
    user, other = CoordinatorFactory(), CoordinatorFactory()
    with scope(user):
        pk = queue()
        assert mail_state(mail=pk, by=user) == MailState.WAITING
    with owner():
        OutgoingMail.objects.update(state=MailState.UNDELIVERABLE)
    with scope(user):
        assert mail_state(mail=pk, by=user) == MailState.UNDELIVERABLE
        assert mail_state(mail=pk, by=other) is None
    with scope(other):
        assert mail_state(mail=pk, by=user) is None  # however the first lock is asked


@pytest.mark.parametrize("column", ["sealed_to", "sealed_text", "subject", "to_user_id", "*"])
def test_no_page_can_read_whom_a_mail_goes_to_or_what_it_says(column):
    user = CoordinatorFactory()
    with scope(user), transaction.atomic():
        queue()
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(f"select {column} from operations_outgoingmail")
        transaction.set_rollback(True)


def test_mail_is_in_the_language_of_its_recipient():
    class Reader:
        language = "da"

    with translation.override("en"):
        with in_language_of(Reader()):
            queue()
        with in_language_of(None):
            queue()
        queue()
    assert [mail.language for mail in stored()] == ["da", "sv", "en"]


def test_djangos_own_mail_goes_the_same_way(settings):
    settings.EMAIL_BACKEND = "operations.mail_backend.OutboxBackend"
    message = EmailMessage("Hej", TEXT, "from@lindsjo.example", [ADDRESS, "b@lindsjo.example"])
    assert message.send() == 1
    assert {mail.to for mail in stored()} == {ADDRESS, "b@lindsjo.example"}
    assert django_mail.outbox == []
