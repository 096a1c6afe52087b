"""The benchmark still finds its pages."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.full  # makes a database and starts two servers: half a minute


def test_benchmark_measures_every_page():
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--rounds=5", "--students=90", "--contacts=300"],
        cwd=settings.BASE_DIR,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert [
        line.split("  ")[0] for line in run.stdout.splitlines() if line[:1] in "EMÖN" and "  " in line
    ] == [
        "Elever",
        "Elevsida",
        "Min dag",
        "Översikt",
        "Ny kontakt, POST",
    ]
