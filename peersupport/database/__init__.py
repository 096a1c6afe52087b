"""Where PostgreSQL is: the one the environment names, or a server of our own below the checkout.

Knows nothing of Django: the settings ask it before Django is set up.
"""

import os
from pathlib import Path
from typing import NamedTuple

from peersupport.database.errors import DatabaseUnavailable

__all__ = ["DatabaseUnavailable", "Urls", "locate", "renew"]

VARIABLES = {
    "web": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "job": "DATABASE_JOB_URL",
}


class Urls(NamedTuple):
    """One postgres:// URL per role; None where the environment names none."""

    web: str | None
    owner: str | None
    job: str | None

    def for_role(self, role: str) -> str:
        """The URL to sign in with as "web", "owner" or "job".

        Raises DatabaseUnavailable when the environment gives none: to sign in as another role instead would
        either pass the second lock or fail on some page much later.
        """
        if role not in VARIABLES:
            raise DatabaseUnavailable(f'DATABASE_ROLE is "{role}"; it must be one of {", ".join(VARIABLES)}.')
        url: str | None = getattr(self, role)
        if not url:
            raise DatabaseUnavailable(
                f"{VARIABLES[role]} is not set, and this process signs in to PostgreSQL as {role}. "
                f"Set it beside the others, or unset all of {', '.join(VARIABLES.values())}."
            )
        return url


def locate(base_dir: Path) -> Urls:
    """The URLs from the environment when it has any, else those of the embedded server, started when needed.

    The embedded server's URLs are put into the environment, so that child processes (autoreloader, web
    server, worker) use the same server and leave it alone. It runs as long as a process that called this
    does. Raises DatabaseUnavailable, in words for the person at the keyboard.
    """
    if not any(os.environ.get(name) for name in VARIABLES.values()):
        # Imported here: it needs flock and psycopg, neither of which a configured production has to pay for.
        from peersupport.database import embedded

        os.environ |= {VARIABLES[role]: url for role, url in embedded.join(base_dir).items()}
    return Urls(**{role: os.environ.get(name) for role, name in VARIABLES.items()})


def renew() -> None:
    """Empty the embedded database this process uses. Raises DatabaseUnavailable for any other database."""
    from peersupport.database import embedded

    embedded.renew()
