"""`make demo`, as somebody at a keyboard meets it: in a fresh copy of the project, with a server of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from peersupport import database
from peersupport.demo.factories import PASSWORD

from .servers import ROOT, assert_gone, open_folder, processes_of, remove

NOT_COPIED = shutil.ignore_patterns(".*", "*.mo", "__pycache__", "docs", "tests", "uv.lock")

pytestmark = [
    pytest.mark.full,  # a minute: the demo's year is invented and its static files are compressed
    pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are counted in /proc"),
]


@pytest.fixture
def project():
    folder = open_folder()
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED, dirs_exist_ok=True)
    folder.chmod(0o755)
    yield folder
    remove(folder)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def demo(project, port):
    """Started in a process group of its own, as a shell does, so that Ctrl-C reaches all of it."""
    ours = {*database.VARIABLES.values(), "DATABASE_ROLE"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment |= {"PEERSUPPORT_DEMO": "1", "DJANGO_SETTINGS_MODULE": "peersupport.settings"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=project,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def words_until_ready(process):
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Ctrl-C stops it."):
            return "".join(said)
    pytest.fail("".join(said))


def assert_static_files_are_kept_to_our_pages(base):
    """As collected, compressed and sent by the server of production."""
    with urllib.request.urlopen(f"{base}/sign-in/") as answer:
        files = re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.read().decode())
    assert len(files) > 2
    for file in files:
        with urllib.request.urlopen(f"{base}{file}") as answer:
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", file
            assert answer.headers["Access-Control-Allow-Origin"] is None, file


def assert_mail_is_in_swedish(base):
    """Though the project came without compiled translations."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(f"{base}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    fields = {"login": "samordnare@demo.example", "password": PASSWORD, "csrfmiddlewaretoken": token}
    browser.open(f"{base}/sign-in/", urlencode(fields).encode())
    mails = browser.open(f"{base}/demo/mail/").read().decode()
    assert "Inbjudan till Peer Support" in mails
    assert "Invitation to" not in mails


def test_demo_serves_keeps_its_data_and_leaves_no_process(project, port):
    first = demo(project, port)
    said = words_until_ready(first)
    assert "Inventing people" in said
    assert "samordnare@demo.example" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/") as answer:
        assert answer.status == 200
    assert_static_files_are_kept_to_our_pages(f"http://127.0.0.1:{port}")
    assert_mail_is_in_swedish(f"http://127.0.0.1:{port}")

    second = demo(project, port)
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"Port {port} cannot be used" in said
    assert f"make demo PORT={port + 1}" in said

    assert processes_of(project)
    os.killpg(first.pid, signal.SIGINT)
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert_gone(project)

    third = demo(project, port)
    assert "Inventing people" not in words_until_ready(third)
    third.terminate()
    third.communicate(timeout=60)
    assert third.returncode == 128 + signal.SIGTERM
    assert_gone(project)
