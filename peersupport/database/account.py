"""Who the embedded server runs as. PostgreSQL refuses to run as root, so root hands it to another account."""

import os
import pwd
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from peersupport.database.errors import DatabaseUnavailable


class Account(NamedTuple):
    """A system account, as numbers: one that owns mounted files need not have a name here."""

    uid: int
    gid: int


def server_account(data: Path) -> Account | None:
    """The account to run the server of this data folder as; None means: as whoever we are."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)  # made earlier, perhaps by an ordinary user
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise DatabaseUnavailable(
            "PostgreSQL refuses to run as root, and this system has no account called nobody. "
            "Run as an ordinary user, or set DATABASE_URL."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def run(
    *command: str | Path, account: Account | None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a program as the account and return its exit code and everything it printed."""
    # A file, not a pipe: the server inherits it from pg_ctl, and a pipe would not end before the server.
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.run(  # noqa: S603  our own commands, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",  # ours may be closed to the account
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,  # Ctrl-C in the terminal is for us; we finish or stop the server in order
            timeout=timeout,
            check=False,
        )
        output.seek(0)
        return subprocess.CompletedProcess(process.args, process.returncode, output.read())


def can_reach(account: Account | None, path: Path) -> bool:
    """Whether the account may open the folder or run the program. Tried, since mounts count too."""
    return account is None or run("test", "-x", path, account=account).returncode == 0
