"""A few rounds of what `make crash` does a hundred times."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_counted_twice_when_everything_is_killed():
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--rounds", "2"], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost=0 doubled=0 invented=0" in done.stdout
