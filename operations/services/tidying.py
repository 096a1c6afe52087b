"""What is thrown away each night."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from operations.models import FormKey, MailState, OutgoingMail

FORM_KEYS_KEPT = timedelta(days=7)  # the policy of the worker says the same
MAIL_KEPT = timedelta(days=90)
JOBS_KEPT, FAILED_JOBS_KEPT = timedelta(days=2), timedelta(days=30)

OLD_JOBS = """
delete from procrastinate_jobs j
 where j.status = any (%s::procrastinate_job_status[])
   and not exists (select 1 from procrastinate_events e where e.job_id = j.id and e.at > %s)
"""


@transaction.atomic
def tidy() -> None:
    """Throw away old form keys, sessions that have run out, mail long sent and jobs long done; as the worker.

    Twice is the same as once.
    """
    now = timezone.now()
    FormKey.objects.filter(at__lt=now - FORM_KEYS_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    OutgoingMail.objects.exclude(state=MailState.WAITING).filter(created_at__lt=now - MAIL_KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(OLD_JOBS, [["succeeded", "cancelled", "aborted"], now - JOBS_KEPT])
        cursor.execute(OLD_JOBS, [["failed"], now - FAILED_JOBS_KEPT])
