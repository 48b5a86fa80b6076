"""A few rounds of what `make crash-facts` does a hundred times."""

import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.xdist_group("sdks")
def test_no_acknowledged_fact_is_lost_or_there_twice_when_collectors_and_workers_are_killed():
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.facts", "--rounds", "2"],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost=0 doubled=0 invented=0 waiting=0 damaged=0" in done.stdout
