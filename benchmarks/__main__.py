"""Makes a database of its own, and measures on it: `python -m benchmarks [--rounds N]`."""

import argparse
import os
import signal
import sys
from pathlib import Path

import django

from benchmarks import database

BASE_DIR = Path(__file__).resolve().parent.parent
# Plain http on loopback, but second factors asked for as in production.
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "peersupport.settings",
    "DATABASE_ROLE": "owner",
    "PEERSUPPORT_LOCAL": "1",
}


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # or an embedded server would outlive us
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="how often each page is asked for")
    parser.add_argument("--students", type=int, default=1_000)
    parser.add_argument("--contacts", type=int, default=20_000)
    options = parser.parse_args()

    for name in ("PEERSUPPORT_DEMO", "DEBUG"):
        os.environ.pop(name, None)
    os.environ |= ENVIRONMENT
    with database.dropped_at_the_end(database.make(BASE_DIR)):
        django.setup()
        from benchmarks.run import run  # models can be imported only now

        works = run(rounds=options.rounds, students=options.students, contacts=options.contacts)
    sys.exit(not works)


if __name__ == "__main__":
    main()
