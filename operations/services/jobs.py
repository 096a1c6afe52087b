"""Deferring a job in the transaction of the change that wants it."""

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def defer_job(*, task: str, **arguments: Any) -> None:
    """Have the worker run `task` (its name in tasks.py) after the commit; rolled back with the change.

    Arguments are ids, never names or texts: they stand in a table and in the worker's log. Through Django's
    connection, because in the worker procrastinate has another, which knows nothing of this transaction.
    """
    configure_task(name=task, job_manager=JobManager(DjangoConnector())).defer(**arguments)
