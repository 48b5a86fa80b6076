"""A short form of what `make rungs` does ten thousand times."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_concurrent_findings_leave_everybody_on_the_right_rung():
    done = subprocess.run(
        [sys.executable, "-m", "tests.rungs", "--members", "60"], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "interleavings=60 wrong=0" in done.stdout
