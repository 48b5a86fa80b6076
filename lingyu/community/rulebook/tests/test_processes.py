"""Two processes at one database: what one puts into force, the other takes up within seconds, whole."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.one_database
def test_a_change_that_goes_live_in_one_process_is_taken_up_by_others_and_given_up_again(tmp_path):
    env = {**os.environ, "LINGYU_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lingyu.config.settings"}
    env.pop("DATABASE_URL", None)
    run = [sys.executable, "-m", "lingyu.community.rulebook.tests.judging"]
    subprocess.run([*run, "prepare"], env=env, check=True, timeout=300)
    judges = [
        subprocess.Popen([*run, "judge"], env=env, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
        for _n in range(2)
    ]
    try:
        assert [json.loads(j.stdout.readline()) for j in judges] == [["pass", "pass", None]] * 2
        keys = []
        for deed, wanted in (("live", "review"), ("back", "pass")):
            done = subprocess.run([*run, deed], env=env, check=True, timeout=120, stdout=subprocess.PIPE)
            keys.append(done.stdout.decode().strip())
            for judge in judges:
                # Each prints what it says of two words whenever that changes: both at once, or neither.
                assert json.loads(judge.stdout.readline()) == [wanted, wanted, keys[-1]]
        assert keys[0] != keys[1]
    finally:
        for judge in judges:
            judge.stdin.close()
        ended = [judge.wait(timeout=60) for judge in judges]
    assert ended == [0, 0]
