"""procrastinate's rows: one job, deferred as a page does it, its events, a worker and a periodic job's last time."""

from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from operations.services import defer_job

PERIODIC = "insert into procrastinate_periodic_defers (task_name, defer_timestamp) values ('test', 0)"


def add_jobs(world: Any) -> None:
    """Written by SQL: procrastinate's models only read."""
    defer_job(task="test")
    with connection.cursor() as cursor:
        cursor.execute(PERIODIC)
        cursor.execute("insert into procrastinate_workers default values")
    models = (ProcrastinateJob, ProcrastinateEvent, ProcrastinateWorker, ProcrastinatePeriodicDefer)
    for model in models:
        for row in model.objects.all():
            world.add(f"{model._meta.model_name} {row.pk}", row)
