"""What a test run says of itself: without a browser it names what did not run, and a build does not pass so."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import render_to_string

# Read by .ci/run, and by whoever wants to know whether any test ran.
SUMMARY = re.compile(r"^=+ 1 skipped in [0-9.]+s( \([0-9:]+\))? =+$", re.M)
BROWSER_TEST = "tests/browser/test_main_job.py::test_sign_in_with_a_password_and_out_again"


@pytest.mark.parametrize(
    ("is_build", "status", "processes"), [("false", 0, "0"), ("true", 1, "0"), ("true", 1, "1")]
)
def test_run_without_chromium_names_what_did_not_run(tmp_path, is_build, status, processes):
    environment = os.environ | {"PATH": str(tmp_path), "CI": is_build, "TEST_DATABASE_SUFFIX": "_no_browser"}
    environment.pop("CHROMIUM", None)
    command = [sys.executable, "-m", "pytest", "-n", processes, BROWSER_TEST]

    run = subprocess.run(
        command,
        cwd=Path(__file__).parent.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert "no Chromium on this machine" in run.stdout
    assert BROWSER_TEST in run.stdout
    assert SUMMARY.search(run.stdout), run.stdout[-2000:]
    assert run.returncode == status, run.stdout[-2000:]


def test_styleguide_shows_every_piece(rf):
    page = render_to_string("styleguide.html", {"acting": None}, request=rf.get("/styleguide/"))

    for piece in ("tile", "rows", "timeline", "ladder", "word", "people", "consent", "empty", "notice"):
        assert f'class="{piece}' in page or f" {piece}" in page, piece
