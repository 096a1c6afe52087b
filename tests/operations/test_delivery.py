"""Against a real mail server on loopback: each mail once, whatever the server does."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from operations.models import MailError, MailState, OutgoingMail
from operations.services import delivery, queue_mail
from operations.services.delivery import deliver_due_mail
from peersupport.demo.factories import CoordinatorFactory, SchoolFactory, StudentFactory
from peersupport.demo.owner import owner, worker
from peersupport.lib.sealing import seal
from students.models import NamedPerson
from tests.operations.smtp import black_hole, free_port, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 0.3
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Peer Support <svara-inte@lindsjo.example>"
    return settings.EMAIL_PORT


def queue(to: str = "vera@lindsjo.example", **fields):
    return queue_mail(**{"to": to, "kind": "test", "subject": "Hej å ä ö", "text": "Du är med.\n"} | fields)


def deliver() -> int:
    with worker():
        return deliver_due_mail()


def mails(**conditions) -> list[OutgoingMail]:
    with owner():
        return list(OutgoingMail.objects.filter(**conditions).order_by("created_at"))


def time_passes() -> None:
    """Every rest is over."""
    with owner():
        OutgoingMail.objects.waiting().update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_mail_arrives_as_plain_text_with_an_id_of_its_own(port):
    pk = queue(language="sv")
    with mail_server(port) as server:
        assert deliver() == 1
    ((to, message),) = server.got
    assert (to, message["To"]) == ("vera@lindsjo.example", "vera@lindsjo.example")
    assert message["Subject"] == "Hej å ä ö"
    assert message["Message-ID"] == f"<{pk}@lindsjo.example>"
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("sv", "auto-generated")
    assert message.get_content_type() == "text/plain"
    assert message.get_content().strip() == "Du är med."


def test_what_is_sent_is_noted_and_its_text_thrown_away(port):
    queue()
    with mail_server(port):
        deliver()
        assert deliver() == 0
    (mail,) = mails()
    assert (mail.state, mail.tries, mail.last_error, mail.sealed_text) == (MailState.SENT, 1, "", "")
    assert mail.sent_at is not None


def test_the_demo_keeps_what_was_sent(port, settings):
    settings.IS_DEMO = True
    queue()
    with mail_server(port):
        deliver()
    assert mails()[0].text == "Du är med.\n"


@pytest.mark.parametrize("place", ["nobody there", "black hole"])
def test_while_the_server_is_away_one_mail_knocks_and_afterwards_all_arrive_once(port, place):
    addresses = [f"nr{number}@lindsjo.example" for number in range(50)]
    for address in addresses:
        queue(address)
    if place == "black hole":
        with black_hole(port):
            assert deliver() == 0
    else:
        assert deliver() == 0
    assert [mail.last_error for mail in mails()] == [MailError.SERVER_AWAY] + [""] * 49
    with mail_server(port) as server:
        assert deliver() == 0  # it rests
        time_passes()
        assert deliver() == 50
        assert deliver() == 0
    assert server.addresses == addresses
    assert len({message["Message-ID"] for _to, message in server.got}) == 50


def test_the_server_is_asked_less_and_less_often(port):
    queue()
    rests = []
    for _ in range(6):
        deliver()
        (mail,) = mails()
        rests.append(round((mail.next_try_at - timezone.now()).total_seconds() / 60))
        time_passes()
    assert rests == [1, 2, 4, 8, 10, 10]


def test_a_recipient_who_is_refused_for_good_stops_nobody_else(port):
    for to in ("borta@lindsjo.example", "vera@lindsjo.example"):
        queue(to)
    with mail_server(port) as server:
        server.answers["borta@lindsjo.example"] = "550 no such mailbox borta@lindsjo.example"
        assert deliver() == 1
        time_passes()
        deliver()
    gone, arrived = mails()
    assert (gone.state, gone.last_error, gone.tries, gone.sealed_text) == ("undeliverable", "refused", 1, "")
    assert arrived.state == MailState.SENT
    assert server.addresses == ["vera@lindsjo.example"]


def test_a_recipient_who_is_refused_for_now_is_tried_again_for_five_days(port):
    queue()
    with mail_server(port) as server:
        server.answers["vera@lindsjo.example"] = "451 grey list"
        deliver()
        (mail,) = mails()
        assert (mail.state, mail.last_error) == (MailState.WAITING, MailError.LATER)
        with owner():
            OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=6))
        time_passes()
        deliver()
    assert mails()[0].state == MailState.UNDELIVERABLE


def test_a_mailbox_that_asks_to_wait_makes_nobody_else_wait(port):
    for to in ("vera@lindsjo.example", "bo@lindsjo.example"):
        queue(to)
    with mail_server(port) as server:
        server.answers["vera@lindsjo.example"] = "451 grey list"
        assert deliver() == 1
        queue("ny@lindsjo.example")
        assert deliver() == 1
    assert server.addresses == ["bo@lindsjo.example", "ny@lindsjo.example"]


def test_a_server_that_refuses_the_sender_makes_all_wait(port):
    queue(), queue("bo@lindsjo.example")
    with mail_server(port) as server:
        server.greet = "530 sign in first"
        assert deliver() == 0
    assert [mail.last_error for mail in mails()] == [MailError.SENDER_REFUSED, ""]


def test_a_mail_sealed_with_a_lost_key_waits_for_the_key(port, settings):
    queue()
    keys = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["another key"]
    queue("bo@lindsjo.example")
    with mail_server(port) as server:
        assert deliver() == 1
        assert mails()[0].last_error == MailError.UNREADABLE
        settings.FIELD_KEYS = [*keys, "another key"]
        time_passes()
        assert deliver() == 1
    assert server.addresses == ["bo@lindsjo.example", "vera@lindsjo.example"]


@pytest.mark.parametrize("to", ["", "no address at all\nBcc: x@lindsjo.example"])
def test_a_mail_that_cannot_be_put_together_stops_nobody_else(port, to):
    queue()
    with owner():
        OutgoingMail.objects.update(sealed_to=seal(to))
    queue("bo@lindsjo.example")
    with mail_server(port) as server:
        deliver()
    assert server.addresses == ["bo@lindsjo.example"]
    assert mails()[0].last_error == MailError.BROKEN


def test_a_mail_that_breaks_in_an_unforeseen_way_stops_nobody_else(port, monkeypatch):
    queue(), queue("bo@lindsjo.example")
    plain = delivery._message

    def broken(mail):
        if mail.to.startswith("vera"):
            raise TypeError("unforeseen")
        return plain(mail)

    monkeypatch.setattr(delivery, "_message", broken)
    with mail_server(port) as server:
        assert deliver() == 1
    assert server.addresses == ["bo@lindsjo.example"]
    assert mails()[0].state == MailState.UNDELIVERABLE


def test_a_job_may_write_mail_too(port):
    with worker():
        queue()
    with mail_server(port) as server:
        assert deliver() == 1
    assert server.addresses == ["vera@lindsjo.example"]


def test_a_worker_that_is_told_to_stop_leaves_the_rest(port):
    queue(), queue("bo@lindsjo.example")
    answers = iter([False, True])
    with mail_server(port) as server, worker():
        assert deliver_due_mail(should_stop=lambda: next(answers)) == 1
    assert len(server.got) == 1
    assert len(mails(state=MailState.WAITING)) == 1


def canary(number: int) -> str:
    """A name of twelve letters that stands nowhere else."""
    return "Kanarie" + "".join(chr(97 + int(digit)) for digit in f"{number:05}")


def test_fifty_events_while_the_server_is_away_are_fifty_mails_afterwards_and_name_no_pupil(client, port):
    """Each event: somebody opens a protected name, and the other coordinator of the school is told."""
    school = SchoolFactory()
    opener, other = (CoordinatorFactory(organisation=school.organisation) for _ in range(2))
    client.force_login(opener)
    secrets = []
    for number in range(50):
        names = {"given_name": canary(2 * number), "family_name": canary(2 * number + 1)}
        student = StudentFactory(school=school, protection="marked", **names)
        secrets += [*names.values(), student.alias, str(student.public_id)]
        with owner():
            chosen = {"user": opener, "chosen_by": other}
            NamedPerson.objects.create(student=student, school_id=school.pk, **chosen)
        url = reverse("students:identity_open", args=[student.public_id])
        assert client.post(url, {"reason": "meeting", "words": ""}).status_code == 302
        if number % 10 == 0:
            assert deliver() == 0
    with mail_server(port) as server:
        time_passes()
        assert deliver() == 50
        time_passes()
        assert deliver() == 0
    assert server.addresses == [other.email] * 50
    assert len({message["Message-ID"] for _to, message in server.got}) == 50
    sent = "\n".join(server.texts)
    assert not [secret for secret in secrets if secret in sent]


@pytest.mark.parametrize("place", ["nobody there", "black hole"])
def test_no_request_talks_to_the_server(client, port, settings, place):
    settings.EMAIL_BACKEND = "operations.mail_backend.OutboxBackend"
    settings.EMAIL_TIMEOUT = 10
    user = CoordinatorFactory()
    client.get(reverse("account_login"))  # what is loaded once is not counted
    with black_hole(port if place == "black hole" else free_port()) as hole:
        hole.setblocking(False)
        started = time.monotonic()
        response = client.post(reverse("account_reset_password"), {"email": user.email})
        assert time.monotonic() - started < 2
        with pytest.raises(BlockingIOError):
            hole.accept()  # nobody has come
    assert response.status_code == 302
    (mail,) = mails()
    assert (mail.to, mail.kind, mail.made_by_id) == (user.email, "account", None)
    assert "/password/new/" in mail.text
