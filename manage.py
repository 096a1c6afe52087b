#!/usr/bin/env python3
"""Runs Django's commands.

Operators' commands sign in to the database as its owner; only the web server does not.
"""

import os
import signal
import sys

WEB_COMMANDS = {"runserver"}


def main() -> None:
    # Without this an embedded server outlives us: SIGTERM does not run atexit handlers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
    is_web = len(sys.argv) > 1 and sys.argv[1] in WEB_COMMANDS
    os.environ.setdefault("DATABASE_ROLE", "web" if is_web else "owner")

    from django.core.management import execute_from_command_line

    from peersupport.database import DatabaseUnavailable

    try:
        execute_from_command_line(sys.argv)
    except DatabaseUnavailable as error:  # written for the person at the keyboard; a traceback would hide it
        sys.exit(str(error))


if __name__ == "__main__":
    main()
