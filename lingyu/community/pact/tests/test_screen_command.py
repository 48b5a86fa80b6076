"""`lingyu screen` as a process: no database, and an exit code that tells of lines that were no post."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[4]


def line(**post) -> bytes:
    """A post as a line."""
    return json.dumps(post, ensure_ascii=False).encode()


def lingyu_screen(home: Path, given: bytes, *options: str, **more: str) -> subprocess.CompletedProcess:
    """Run the command as a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LINGYU", "DJANGO", "DATABASE_URL"))}
    command = [sys.executable, "-m", "lingyu", "screen", *options]
    env = kept | {"LINGYU_HOME": str(home)} | more
    return subprocess.run(
        command, cwd=ROOT, env=env, input=given, capture_output=True, timeout=120, check=False
    )


def test_the_command_needs_no_database_and_makes_none(tmp_path):
    done = lingyu_screen(
        tmp_path, line(id=1, text="你好"), DATABASE_URL="postgres://nobody@127.0.0.1:1/none", LC_ALL="C"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["decision"] == "pass"
    assert not list(tmp_path.glob("*.sqlite3"))


def test_the_command_says_by_its_exit_code_that_a_line_was_no_post(tmp_path):
    done = lingyu_screen(tmp_path, line(id=1, text="你好") + b"\nx\n" + line(id=2, text="再见"), "--trace")
    assert done.returncode == 1
    assert [json.loads(a).get("id") for a in done.stdout.splitlines()] == [1, None, 2]
