"""Builds .venv when it is missing or stale: python3 requirements/install.py demo|dev|prod

Needs nothing but Python, because it is what runs first on a new machine. A set counts as installed only when
pip has finished: then its name, its file's hash and the version of Python are written to .venv/installed.
"""

import fcntl
import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "installed"
SERVED_BY = {"demo": ("demo", "dev"), "dev": ("dev",), "prod": ("prod",)}  # dev holds all of demo
UNFINISHED = "unfinished"  # pip takes a half-unpacked package for a whole one, so this begins again
PROBE = "import pip, sys; assert sys.version_info >= (3, 11); print(sys.version)"


def main(wanted: str) -> None:
    """Install the set unless .venv has it already, or a larger one. Exits with pip's words when it fails."""
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # make demo and make test may be started together
        state = MARK.read_text() if MARK.exists() else ""
        if state in [signature(name) for name in SERVED_BY[wanted]]:
            return
        print(f"Installing requirements/{wanted}.txt into .venv (once, a minute or two) ...", flush=True)
        started = time.monotonic()
        if state == UNFINISHED or not version_of_venv():
            make_venv()
        MARK.write_text(UNFINISHED)
        install(ROOT / "requirements" / f"{wanted}.txt")
        MARK.write_text(signature(wanted))
        print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def signature(name: str) -> str:
    """What must be the same for an installed set to still be the wanted one."""
    digest = hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()
    return f"{name} {digest} {version_of_venv()}"


def version_of_venv() -> str:
    """The version of .venv's Python; empty when there is none, or when the system's behind it is gone."""
    try:
        answer = subprocess.run([str(PYTHON), "-c", PROBE], capture_output=True, text=True)  # noqa: S603
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def make_venv() -> None:
    """An empty environment with pip, in place of whatever is there."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    answer = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if answer.returncode:
        sys.exit(f"{answer.stdout}{answer.stderr}")


def install(file: Path) -> None:
    """Let pip install the file's packages, each checked against its hash, and tell how far it is."""
    total = sum("==" in line for line in file.read_text().splitlines())
    options = ["--require-hashes", "--no-input", "--progress-bar=off", "--disable-pip-version-check"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(file)]
    said: list[str] = []
    found = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                found += 1
                if found % 10 == 0:
                    print(f"  {found} of {total} packages found", flush=True)
            elif line.startswith("Installing collected"):
                print("  unpacking", flush=True)
    if pip.returncode:
        sys.exit("".join(said[-20:]) + f"{file.name} could not be installed.")


if __name__ == "__main__":
    if sys.argv[1:] not in [[name] for name in SERVED_BY]:
        sys.exit(__doc__)
    main(sys.argv[1])
