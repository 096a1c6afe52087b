"""The worker as a process of its own: killed, doubled, stopped, and refused when it could pass the lock."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from accounts.models import Session
from accounts.sessions import SessionStore
from operations.models import FormKey, MailError, MailState, OutgoingMail
from operations.services import defer_job, queue_mail
from operations.services.mail import DELIVER_MAIL
from operations.services.tidying import tidy
from operations.tasks import TIDY
from peersupport.demo.owner import owner, worker
from tests.operations.smtp import free_port, mail_server
from tests.peersupport.rights import LOCKED, raw

PATIENCE = 40  # seconds, on a busy machine


def queue(number: int = 0) -> None:
    queue_mail(to=f"nr{number}@lindsjo.example", kind="test", subject="Hej", text="Du är med.")


def jobs(task: str) -> int:
    with owner():
        return ProcrastinateJob.objects.filter(task_name=task).count()


# --- Deferred with the change


@pytest.mark.django_db
def test_the_job_is_deferred_in_the_transaction_of_the_mail():
    before = jobs(DELIVER_MAIL)
    with transaction.atomic():
        queue()
        assert jobs(DELIVER_MAIL) == before + 1
        transaction.set_rollback(True)
    assert jobs(DELIVER_MAIL) == before


@pytest.mark.django_db
def test_queue_mail_takes_two_statements(assert_queries):
    with assert_queries(2):  # the mail, its job
        queue()


@pytest.mark.django_db
def test_a_page_defers_and_sees_nothing_of_it():
    queue()
    for table in ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers"):
        with transaction.atomic():
            with pytest.raises(LOCKED):
                raw(f"select * from {table}")
            transaction.set_rollback(True)


SEEN_BY_NO_WORKER = (
    "select session_key from accounts_session",
    "select email from accounts_user",
    "select token_digest from operations_link",
    "select body_digest from operations_formkey",
    "select alias from students_student",
    "select family_name from students_identity",
    "update operations_outgoingmail set sealed_to = 'x'",
    "select * from search_students('{a}')",
)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", SEEN_BY_NO_WORKER)
def test_the_worker_sees_no_people(statement):
    with transaction.atomic():
        with worker(), pytest.raises(LOCKED):
            raw(statement)
        transaction.set_rollback(True)


# --- What is thrown away


@pytest.mark.django_db
def test_tidy_throws_away_what_is_old_and_nothing_else():
    with owner():
        for days in (6, 8):
            FormKey.objects.create(user_id=days, body_digest="x", at=timezone.now() - timedelta(days=days))
        for days in (80, 100):
            for state in (MailState.SENT, MailState.WAITING):
                made = {"created_at": timezone.now() - timedelta(days=days), "state": state}
                sent_at = timezone.now() if state == MailState.SENT else None
                OutgoingMail.objects.create(kind=f"{state} {days}", subject="", sent_at=sent_at, **made)
        _job("succeeded", days=1), _job("succeeded", days=3), _job("failed", days=3), _job("failed", days=31)
    sessions = [SessionStore(), SessionStore()]
    for session in sessions:
        session.create()
    Session.objects.filter(pk=sessions[0].session_key).update(expire_date=timezone.now())

    for _ in range(2):
        with worker():
            tidy()

    with owner():
        assert list(FormKey.objects.values_list("user_id", flat=True)) == [6]
        kinds = set(OutgoingMail.objects.values_list("kind", flat=True))
        assert kinds == {"sent 80", "waiting 80", "waiting 100"}
        left = ProcrastinateJob.objects.filter(queue_name="old").values_list("status", "task_name")
        assert set(left) == {("succeeded", "1 days"), ("failed", "3 days")}
    assert list(Session.objects.values_list("pk", flat=True)) == [sessions[1].session_key]
    with pytest.raises(UpdateError):
        sessions[0].save(must_create=False)


def _job(status: str, *, days: int) -> None:
    raw(
        "with job as (insert into procrastinate_jobs (queue_name, task_name) values ('old', %s) returning id)"
        " select id from job",
        f"{days} days",
    )
    job = ProcrastinateJob.objects.latest("id")
    raw("update procrastinate_jobs set status = %s::procrastinate_job_status where id = %s", status, job.pk)
    raw(
        "update procrastinate_events set at = now() - make_interval(days => %s) where job_id = %s",
        days,
        job.pk,
    )


def test_every_job_that_is_deferred_by_name_exists():
    assert {DELIVER_MAIL, TIDY} <= set(app.tasks)
    assert {task for task, _id in app.periodic_registry.periodic_tasks} >= {DELIVER_MAIL, TIDY}


# --- As a process


def environment(port: int, **more: str) -> dict[str, str]:
    url = urlsplit(os.environ["DATABASE_JOB_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_ROLE"}
    return ours | {
        "DATABASE_JOB_URL": urlunsplit(url),
        "DJANGO_SETTINGS_MODULE": "peersupport.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_FROM": "svara-inte@lindsjo.example",
    } | more  # fmt: skip


@contextmanager
def workers(port: int, count: int = 1, *options: str):
    command = [sys.executable, "manage.py", "worker", *options]
    running = [
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment(port), stderr=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.communicate()


def wait_until(condition, *, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def states() -> set[str]:
    with owner():
        return set(OutgoingMail.objects.values_list("state", flat=True))


@pytest.mark.full  # starts the worker twice
def test_a_worker_killed_in_the_middle_leaves_each_mail_to_be_sent_once(transactional_db):
    for number in range(12):
        queue(number)
    port = free_port()
    with mail_server(port) as server:
        server.pause_after = 4
        with workers(port) as (process,):
            wait_until(server.is_waiting.is_set)  # it is talking about one mail right now
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert 4 <= len(server.got) < 12  # another of its threads may have been underway
        server.pause_after = None
        with workers(port):
            wait_until(lambda: states() == {MailState.SENT})
    assert sorted(server.addresses) == sorted(f"nr{number}@lindsjo.example" for number in range(12))
    assert len({message["Message-ID"] for _to, message in server.got}) == 12


@pytest.mark.full  # starts two workers
def test_two_workers_send_each_mail_once_and_run_each_periodic_job_once(transactional_db):
    for number in range(40):
        queue(number)
    port = free_port()
    with mail_server(port) as server, workers(port, 2):
        wait_until(lambda: states() == {MailState.SENT})
        wait_until(lambda: _heartbeats() == 2)
        wait_until(lambda: _succeeded(TIDY))  # last night's, made up for
    assert sorted(server.addresses) == sorted(f"nr{number}@lindsjo.example" for number in range(40))
    with owner():
        tidied = ProcrastinateEvent.objects.filter(job__task_name=TIDY, type="started")
        assert tidied.count() == 1
        minutes = ProcrastinateJob.objects.filter(task_name=DELIVER_MAIL).values_list("args", flat=True)
        stamps = [args["timestamp"] for args in minutes if args]
        assert len(stamps) == len(set(stamps))
        assert not ProcrastinateJob.objects.filter(status="failed").exists()


@pytest.mark.full  # a thousand mails, two workers, a third after a kill
def test_a_thousand_mails_after_an_outage_arrive_once_each(transactional_db):
    """Nothing listens while they are written and the workers try; then it does, and one worker is killed."""
    expected = sorted(f"nr{number}@lindsjo.example" for number in range(1000))
    for number in range(1000):
        queue(number)
    port = free_port()
    with workers(port, 2) as running:
        wait_until(lambda: _errors() == {"", MailError.SERVER_AWAY})
        with mail_server(port) as server:
            server.pause_after = 300
            with owner():  # its next knock, without the wait
                OutgoingMail.objects.exclude(last_error="").update(next_try_at=timezone.now())
                defer_job(task=DELIVER_MAIL)
            wait_until(server.is_waiting.is_set)
            running[0].send_signal(signal.SIGKILL)
            running[0].wait()
            server.pause_after = None
            wait_until(lambda: states() == {MailState.SENT}, patience=4 * PATIENCE)
    assert sorted(server.addresses) == expected
    assert len({message["Message-ID"] for _to, message in server.got}) == 1000


def _errors() -> set[str]:
    with owner():
        return set(OutgoingMail.objects.values_list("last_error", flat=True))


def _heartbeats() -> int:
    with owner():
        return ProcrastinateWorker.objects.count()


@pytest.mark.full  # starts the worker
def test_a_worker_stops_in_order_when_told_to_and_learns_of_new_mail_at_once(transactional_db):
    port = free_port()
    with mail_server(port) as server, workers(port) as (process,):
        wait_until(lambda: _heartbeats() == 1)
        queue()
        wait_until(lambda: states() == {MailState.SENT})
        process.terminate()
        _out, words = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, words
    assert len(server.got) == 1
    assert _heartbeats() == 0  # it has signed off


@pytest.mark.full  # starts the worker
def test_an_interrupted_job_is_taken_up_again(transactional_db):
    """By the job that looks for them: here it is deferred at once instead of at the next fifth minute."""
    defer_job(task=TIDY, timestamp=0)
    defer_job(task="operations.resume_jobs", timestamp=0)
    with owner():
        raw(
            "update procrastinate_jobs set status = 'doing' where task_name = %s", TIDY
        )  # its worker was killed
    with workers(free_port()):
        wait_until(lambda: _succeeded(TIDY))


def _succeeded(task: str) -> bool:
    with owner():
        return ProcrastinateEvent.objects.filter(job__task_name=task, type="succeeded").exists()


@pytest.mark.parametrize("role", ["owner", "web"])
def test_the_worker_refuses_any_other_role(db, role):
    said = subprocess.run(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=environment(free_port(), DATABASE_ROLE=role),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode != 0
    assert "The worker's database role is peersupport_job: leave" in said.stderr


@pytest.mark.django_db
def test_the_worker_refuses_an_owners_address(db):
    url = urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    said = subprocess.run(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=environment(free_port(), DATABASE_JOB_URL=urlunsplit(url)),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode != 0
    assert "The worker's database role owns tables" in said.stderr


@pytest.mark.parametrize("missing", ["FIELD_KEYS", "EMAIL_URL"])
def test_on_a_server_the_worker_needs_the_keys_and_the_mail_server(missing):
    given = {
        "FIELD_KEYS": "a-key",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "PEERSUPPORT_LOCAL": "",
        "DATABASE_ROLE": "job",
    }
    bare = {
        name: value for name, value in environment(1, **given).items() if name not in {missing, "SECRET_KEY"}
    }
    command = [sys.executable, "-c", "import peersupport.settings"]
    said = subprocess.run(
        command, cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True, timeout=60
    )
    assert said.returncode != 0
    assert missing in said.stderr
