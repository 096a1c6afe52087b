"""The folder an embedded server lives in: its data, its passwords, and the locks of those who use it."""

import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from peersupport.database import programs
from peersupport.database.account import Account, can_reach, server_account
from peersupport.database.errors import DatabaseUnavailable

SUPERUSER = "postgres"
ROLES = {
    "web": "peersupport_web",
    "owner": "peersupport_owner",
    "job": "peersupport_job",
}


@dataclass(frozen=True)
class Home:
    """The folder, and the account its server runs as (None: as whoever we are)."""

    folder: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def passwords(self) -> dict[str, str]:
        """The password of each role; made once, kept beside the data, readable by us alone."""
        file = self.folder / "passwords.json"
        if not file.exists():
            made = {name: secrets.token_urlsafe(24) for name in (SUPERUSER, *ROLES.values())}
            scratch = file.with_suffix(".new")
            scratch.unlink(missing_ok=True)
            scratch.touch(mode=0o600)
            scratch.write_text(json.dumps(made))
            scratch.rename(file)  # whole or not at all
        kept: dict[str, str] = json.loads(file.read_text())
        return kept


def choose(base_dir: Path) -> Home:
    """.pgdata below the checkout, or a folder of the system's where root's server could not get at it.

    No folder but our own ever has its permissions changed: opening a closed home directory is not ours to do.
    """
    folder = base_dir / ".pgdata"
    account = server_account(folder / "data")
    if can_reach(account, base_dir):
        return Home(_opened(folder, for_others=account is not None), account)
    folder = system_folder(base_dir)
    return Home(folder, server_account(folder / "data"))


def system_folder(base_dir: Path) -> Path:
    """A folder outside a closed checkout and named after its path, which the server's account may enter."""
    path = str(base_dir.resolve())
    slug = re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")[-60:]
    name = f"peersupport-{slug}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    for parent in (Path("/var/lib"), Path("/var/tmp"), Path(tempfile.gettempdir())):  # noqa: S108  checked below
        try:
            folder = _opened(parent / name, for_others=True)
        except OSError:  # missing, read-only, or not ours
            continue
        if can_reach(server_account(folder / "data"), folder):
            return folder
    raise DatabaseUnavailable(
        f"{base_dir} is closed to the account PostgreSQL would run as, and no folder for it could be made "
        "in /var/lib, /var/tmp or the temporary directory. Run as an ordinary user, or set DATABASE_URL."
    )


def _opened(folder: Path, *, for_others: bool) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    # A folder somebody else put there first could make root run that person's programs.
    is_ours = found.st_uid == os.geteuid() or folder.name == ".pgdata"
    if not stat.S_ISDIR(found.st_mode) or not is_ours:
        raise PermissionError(folder)
    if for_others and found.st_uid == os.geteuid():
        folder.chmod(0o755)
    return folder


def within_reach(bindir: Path, home: Home) -> Path:
    """The programs, or a copy in our own folder when the server's account may not run them in theirs."""
    if can_reach(home.account, bindir / "postgres"):
        return bindir
    made = (bindir / "postgres").stat()
    mark = hashlib.sha256(f"{bindir} {made.st_size} {made.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = home.folder / f"programs-{mark}"
    base, folders = programs.installation(bindir)
    if not copy.exists():
        for older in home.folder.glob("programs-*"):
            shutil.rmtree(older)
        scratch = home.folder / "programs-unfinished"
        for folder in folders:
            without = shutil.ignore_patterns("include", "__pycache__")
            shutil.copytree(folder, scratch / folder.name, symlinks=True, ignore=without)
        for path in (scratch, *scratch.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
        scratch.rename(copy)
    return copy / bindir.relative_to(base)
