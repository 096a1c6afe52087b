"""What a new day brings, for those who run no worker: once a day, shortly after midnight."""

from typing import Any

from django.core.management.base import BaseCommand

from students.services import begin_day


class Command(BaseCommand):
    help = "Carries out changes of school that are due and forgets the traces of old merges."

    def handle(self, *args: Any, **options: Any) -> None:
        done = begin_day()
        self.stdout.write(f"{done['moved']} changes of school, {done['forgotten']} traces forgotten.")
