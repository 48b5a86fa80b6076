"""Runs: processes that outlive whoever started them, and are stopped as a whole."""

import os
import sys
import time

import pytest

from lingyu.desk.uploads import runs
from lingyu.desk.uploads.outcome import Outcome, Told


@pytest.fixture
def sleeper(monkeypatch, tmp_path):
    """Instead of `lingyu`, something that takes its time and has a child."""
    script = tmp_path / "sleeper"
    script.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


@pytest.fixture
def ended(monkeypatch):
    """Instead of a process, one that has told this much and is gone."""

    def tell(upload, step, member, told=None):
        def spawn(arguments, lock, log, env):
            if told:
                told.write(upload.folder / "told.json")

        monkeypatch.setattr(runs, "spawn", spawn)
        assert runs.start(upload, step, member=member, language="en")
        return runs.state(upload)

    return tell


def test_a_run_holds_its_upload_until_it_ends(put, aque, sleeper):
    upload = put()
    assert runs.start(upload, "check", member=aque, language="en")
    try:
        assert runs.state(upload) == "running"
        assert not runs.start(upload, "import", member=aque, language="en")
        assert runs.last(upload).step == "check"
    finally:
        runs.stop(upload, member=aque)


def test_a_stop_ends_the_whole_group_and_says_who_stopped_it(put, aque, sleeper):
    upload = put()
    runs.start(upload, "check", member=aque, language="en")
    pid = runs.last(upload).pid
    runs.stop(upload, member=aque)
    assert runs.state(upload) == "stopped"
    assert runs.last(upload).stopped_by == str(aque.pk)
    for _try in range(100):
        try:
            os.killpg(pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("somebody of the group is alive")


def test_a_run_that_was_killed_is_interrupted_and_can_be_started_again(put, aque, sleeper):
    upload = put()
    runs.start(upload, "import", member=aque, language="en")
    os.killpg(runs.last(upload).pid, 9)
    for _try in range(100):
        if runs.state(upload) != "running":
            break
        time.sleep(0.05)
    assert runs.state(upload) == "interrupted"
    assert runs.start(upload, "check", member=aque, language="en")
    runs.stop(upload, member=aque)


def test_only_so_many_are_at_work_at_once(put, aque, sleeper):
    uploads = [put(f"{n}.csv") for n in range(runs.MOST_AT_ONCE + 1)]
    try:
        for upload in uploads[:-1]:
            runs.start(upload, "check", member=aque, language="en")
        with pytest.raises(runs.TooMany):
            runs.start(uploads[-1], "check", member=aque, language="en")
        assert runs.state(uploads[-1]) == "interrupted"
    finally:
        for upload in uploads:
            runs.stop(upload, member=aque)


@pytest.mark.parametrize(
    ("step", "told", "state"),
    [
        ("check", Told(files=[Outcome(file="a")], code=0), "checked"),
        ("check", Told(files=[Outcome(file="a", code=1)], code=1), "checked"),
        ("import", Told(files=[Outcome(file="a")]), "imported"),
        ("import", Told(files=[Outcome(file="a", code=2)], code=2), "refused"),
        ("check", Told(failures=["There is no currency “XXY”."], code=2), "refused"),
        ("import", None, "interrupted"),
    ],
)
def test_how_a_run_stands_follows_from_what_it_told(put, aque, ended, step, told, state):
    assert ended(put(), step, aque, told) == state


def test_a_new_run_forgets_what_the_last_one_told(put, aque, ended):
    upload = put()
    upload.report.write_text("row")
    assert ended(upload, "check", aque, Told(files=[Outcome(file="a", code=1)])) == "checked"
    assert not upload.report.exists()
    assert ended(upload, "check", aque) == "interrupted"


def test_no_answer_can_pass_for_an_option(put, aque):
    upload = put("a.csv", shop="--as=admin")
    upload.about.mapping = {"order": "--yes"}
    command = runs.command(upload, "check", aque)
    assert command[:3] == ["import", upload.about.importer, str(upload.file)]
    assert "--shop=--as=admin" in command and "--map=order=--yes" in command
    assert f"--as={aque.pk}" in command and "--dry-run" in command
    assert "--dry-run" not in runs.command(upload, "import", aque)


def test_a_run_is_told_only_what_it_needs(home):
    ours = {"PATH": "/bin", "DATABASE_URL": "postgres://x", "LINGYU_ENGINE": "duck"}
    given = ours | {"AWS_SECRET": "s", "LD_PRELOAD": "x"}
    told = runs.environment("zh-hans", given)
    assert told == ours | {"LINGYU_LANG": "zh-hans", "LINGYU_HOME": str(home)}
