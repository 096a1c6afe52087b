"""The administrator's page about the worker, and the demo's page of sent mail."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from operations.models import MailState, OutgoingMail
from operations.services import defer_job, operations_status, queue_mail
from operations.services.delivery import deliver_due_mail
from operations.tasks import TIDY
from peersupport.demo.factories import CoordinatorFactory, MembershipFactory
from peersupport.demo.owner import owner, worker
from peersupport.scope import scope
from peersupport.scope.installation import install
from safety.models import WatchBeat
from schools.models import Role
from tests.peersupport.rights import LOCKED, raw, undone

pytestmark = pytest.mark.django_db

ADDRESS, TEXT = "vera.testhage@lindsjo.example", "Välkommen hit <b>du</b>: http://127.0.0.1/enter/abc/"


def queue(**fields):
    return queue_mail(**{"to": ADDRESS, "kind": "test", "subject": "Hej", "text": TEXT} | fields)


# --- Operations


@pytest.fixture
def admin(client):
    user = MembershipFactory(role=Role.ADMIN).user
    client.force_login(user)
    return user


@pytest.fixture
def page(client, admin):
    return lambda: client.get(reverse("operations:status")).content.decode()


@pytest.fixture(autouse=True)
def no_jobs(db):
    """What a test with a process of its own has left behind."""
    with owner():
        raw("delete from procrastinate_jobs")
        raw("delete from procrastinate_workers")


def worker_runs() -> None:
    with owner():
        raw("insert into procrastinate_workers default values")


def test_status_on_the_first_morning(page):
    text = page()
    assert "Bakgrundsprocessen är inte i gång" in text
    assert "inte än" in text and "inget än" in text
    assert text.count("<strong>0</strong>") == 4


def test_status_when_all_is_well(page):
    worker_runs()
    with owner():
        WatchBeat.objects.create(at=timezone.now())
    text = page()
    assert "Bakgrundsprocessen är inte i gång" not in text
    assert "notice-attention" not in text


def test_status_says_when_no_alarm_goes_though_a_worker_runs(page):
    worker_runs()
    with owner():
        WatchBeat.objects.create(at=timezone.now() - timedelta(minutes=3))
    assert "Larmet går inte just nu" in page()


def test_status_tells_what_waits_and_since_when_and_what_failed(page, admin):
    worker_runs()
    queue(), queue()
    with owner():
        OutgoingMail.objects.update(created_at=timezone.now() - timedelta(hours=3))
        OutgoingMail.objects.create(kind="x", subject="", state=MailState.UNDELIVERABLE)
        raw(
            "update procrastinate_jobs set status = 'failed' where id = (select max(id) from procrastinate_jobs)"
        )
    with scope(admin):
        found = operations_status()
    assert (found.mail_waiting, found.mail_undeliverable, found.jobs_waiting, found.jobs_failed) == (
        2,
        1,
        1,
        1,
    )
    assert timezone.now() - found.mail_waiting_since > timedelta(hours=2)
    assert timezone.now() - found.jobs_waiting_since < timedelta(minutes=1)
    text = page()
    assert text.count("det äldsta sedan") == 2
    assert ADDRESS not in text and "Hej" not in text


def test_status_tells_that_the_mail_server_is_away(page):
    worker_runs()
    queue()
    with owner():
        OutgoingMail.objects.update(last_error="server_away")
    assert "E-postservern svarar inte." in page()


def test_status_tells_when_the_nightly_job_was_last_done(page):
    defer_job(task=TIDY, timestamp=0)
    assert "inte än" in page()
    with owner():
        raw("update procrastinate_jobs set status = 'doing' where task_name = %s", TIDY)
        raw("update procrastinate_jobs set status = 'succeeded' where task_name = %s", TIDY)
    text = page()
    assert "inte än" not in text and "inget än" not in text


def test_status_of_a_worker_that_has_fallen_silent(page):
    worker_runs()
    with owner():
        raw("update procrastinate_workers set last_heartbeat = now() - interval '3 minutes'")
    assert "Bakgrundsprocessen är inte i gång" in page()


@pytest.mark.parametrize("mails", [0, 40])
def test_status_takes_three_queries_however_much_waits(client, admin, assert_queries, mails):
    for _ in range(mails):
        queue()
    with assert_queries(3):  # session with user, scope, figures
        client.get(reverse("operations:status"))


def test_the_figures_are_the_administrators_alone():
    with scope(CoordinatorFactory()):
        assert operations_status() is None
    assert operations_status() is None


def test_administration_leads_to_the_status(client, admin):
    assert reverse("operations:status") in client.get(reverse("overviews:administration")).content.decode()


# --- Sent mail


@pytest.fixture
def demo(settings):
    """The demo's addresses and the demo's database right."""
    settings.IS_DEMO = True
    settings.ROOT_URLCONF = "tests.operations.demo_urls"
    settings.DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with owner():
        install()


def test_sent_mail_is_not_there_outside_the_demo(client, settings):
    with pytest.raises(NoReverseMatch):
        reverse("operations:sent_mail")
    assert client.get("/demo/mail/").status_code in {302, 404}
    settings.ROOT_URLCONF = "tests.operations.demo_urls"
    assert client.get(reverse("operations:sent_mail")).status_code == 404
    with undone(), pytest.raises(LOCKED):
        raw("select sealed_text from operations_outgoingmail")


def test_the_right_to_read_mail_goes_with_the_demo(demo, settings):
    assert raw("select sealed_text from operations_outgoingmail").fetchall() == []
    settings.IS_DEMO = False
    with owner():
        assert install() is True
    with undone(), pytest.raises(LOCKED):
        raw("select sealed_text from operations_outgoingmail")


def test_sent_mail_shows_text_and_address_to_whoever_is_not_signed_in(client, demo):
    queue()
    with worker():
        assert deliver_due_mail() == 1
    text = client.get(reverse("operations:sent_mail")).content.decode()
    assert ADDRESS in text and "skickat" in text
    assert 'href="http://127.0.0.1/enter/abc/"' in text
    assert "&lt;b&gt;du&lt;/b&gt;" in text


def test_sent_mail_says_what_to_do_when_there_is_none(client, demo):
    assert "Inget skickat än" in client.get(reverse("operations:sent_mail")).content.decode()


def test_sent_mail_is_paged(client, demo):
    for number in range(21):
        queue(subject=f"Brev {number}.")
    text = client.get(reverse("operations:sent_mail")).content.decode()
    assert "Brev 20." in text and "Brev 0." not in text
    with owner():
        twentieth = OutgoingMail.objects.order_by("-created_at")[19].pk
    text = client.get(f"{reverse('operations:sent_mail')}?after={twentieth}").content.decode()
    assert "Brev 0." in text and "Brev 1." not in text


def test_every_page_of_the_demo_leads_to_the_mail(client, demo):
    assert reverse("operations:sent_mail") in client.get(reverse("account_login")).content.decode()
