"""The worker: sends mail and runs the jobs, signed in to the database as peersupport_job."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from procrastinate.contrib.django import app

from peersupport.scope.checks import refuse_to_serve_as_owner

AT_ONCE = 3  # so that no long job keeps mail waiting, and no slow mail server the watch
ENDED_WITHIN = 5  # seconds that a running job gets when the worker is told to stop


class Command(BaseCommand):
    help = "Sends waiting mail and runs jobs until SIGTERM or Ctrl-C. Several may run at once."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DATABASE_ROLE != "job":
            raise CommandError("The worker's database role is peersupport_job: leave DATABASE_ROLE unset.")
        refuse_to_serve_as_owner("worker", "peersupport_job")
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(_work())


async def _work() -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=AT_ONCE,
            shutdown_graceful_timeout=ENDED_WITHIN,
            fetch_job_polling_interval=30,  # it is told of each new job at once; this is for what it misses
        )
