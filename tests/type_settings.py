"""The project's settings as mypy reads them, with a database that is never asked.

mypy ends without running exit handlers, so an embedded server it had started would stay behind.
"""

import os

for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_JOB_URL"):
    os.environ.setdefault(name, "postgres://mypy@localhost/never-asked")
os.environ.setdefault("PEERSUPPORT_LOCAL", "1")

from peersupport.settings import *  # noqa: E402, F403
