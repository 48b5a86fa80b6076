"""Several moderators at one moment, on whichever database the tests run: a short form of `tests.rush`."""

import os
import subprocess
import sys

import pytest

from lingyu.community.mall.tests.test_rush import address

ROOT = __file__.split("/lingyu/community/")[0]


@pytest.mark.slow
def test_no_case_goes_to_two_and_none_is_decided_twice():
    environment = os.environ | {"DATABASE_URL": address(), "PYTHONPATH": ROOT}
    environment.pop("LINGYU_HOME", None)
    command = [sys.executable, "-m", "lingyu.community.cases.tests.rush"]
    command += ["--cases", "12", "--processes", "3", "--rounds", "3"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "taken 12 of 12" in ran.stdout and "given twice 0" in ran.stdout
    assert "decided at once: 3 cases" in ran.stdout and "removed at once: 3 comments" in ran.stdout
