"""Django's migrate, and then the second lock: a new table is never reachable before its policy is there."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand

from peersupport.scope import installation


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        is_whole = not options["app_label"] and not options["plan"] and not options["check_unapplied"]
        if is_whole and installation.install() and options["verbosity"]:
            self.stdout.write("Row-level security: functions, policies and privileges written.")
