"""A short form of what `make hammer` does at length."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_nothing_is_minted_lost_or_doubled_when_many_write_at_once():
    short = ["--processes", "4", "--ops", "200", "--doubles", "60", "--kills", "8"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.hammer", *short], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for nothing in ("violations=0", "errors=0", "doubled=0", "undone=0", "lost=0", "faults_at_the_end=0"):
        assert nothing in done.stdout
