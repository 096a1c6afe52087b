#!/usr/bin/env python3
"""Runs Django's commands.

Operators' commands sign in to the database as its owner; only the web server and the worker do not.
"""

import os
import signal
import sys

ROLES = {"runserver": "web", "worker": "job"}


def main() -> None:
    # Without this an embedded server outlives us: SIGTERM does not run atexit handlers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
    os.environ.setdefault("DATABASE_ROLE", ROLES.get("".join(sys.argv[1:2]), "owner"))

    from django.core.management import execute_from_command_line

    from peersupport.database import DatabaseUnavailable

    try:
        execute_from_command_line(sys.argv)
    except DatabaseUnavailable as error:  # written for the person at the keyboard; a traceback would hide it
        sys.exit(str(error))


if __name__ == "__main__":
    main()
