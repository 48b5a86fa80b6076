"""A drill: a house that is sent to is backed up by the command, put back elsewhere, and its facts counted."""

import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from lingyu.collector import reading  # noqa: F401 - registers the readers
from tests.sdks.collecting import environment, prepare

from .facts import Place, judge
from .senders import Senders


def lingyu(home, *words: str) -> str:
    """What a command says; it went well."""
    done = subprocess.run(
        [sys.executable, "-m", "lingyu", *words],
        env=environment(home) | {"LINGYU_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.xdist_group("sdks")
def test_what_was_acknowledged_before_a_backup_began_is_in_it_once(tmp_path):
    home, other, folder = tmp_path / "home", tmp_path / "other", tmp_path / "backup"
    for made in (home, other):
        made.mkdir()
    prepare(home)
    place = Place(home)
    try:
        place.wait_for(0)
        senders = Senders(place.bases()[:1], 4, 7)
        while len(senders.acknowledged) < 300:
            time.sleep(0.05)
        before = set(senders.acknowledged)
        assert "the secret key" in lingyu(home, "backup", str(folder))
        senders.stop()
    finally:
        place.stop()
    assert "facts of the house" in lingyu(home, "backup", "--verify", str(folder))
    said = lingyu(other, "restore", str(folder))
    assert said.count("✓") == 3
    verdict = judge(other, SimpleNamespace(acknowledged=before, sent=senders.sent))
    assert verdict.passed, verdict.said()
