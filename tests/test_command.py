"""The command line as a process of its own: on a new data folder, and on one that can't be reached."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lingyu.config import env

ROOT = Path(__file__).resolve().parent.parent


def lingyu(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess:
    """Run `lingyu …` on the data folder `home`, with nothing of this run's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LINGYU", "DJANGO", "DATABASE_URL"))}
    return subprocess.run(
        [sys.executable, "-m", "lingyu", *words],
        cwd=ROOT,
        env=kept | {"LINGYU_HOME": str(home), "LINGYU_LANG": "en"} | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_any_command_may_be_the_first_on_a_new_data_folder(tmp_path):
    orders = tmp_path / "orders.csv"
    orders.write_text("order_id,amount,paid_at\nO1,100,2026-11-01 10:00:00\n")
    done = lingyu("import", "orders", str(orders), "--shop", "A", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    answer = json.loads(lingyu("query", "gmv", "--format", "json", home=tmp_path / "home").stdout)
    assert [row["value"] for row in answer["rows"]] == [100.00]
    assert answer["unit"] == "CNY"


def test_an_unknown_metric_is_answered_with_the_near_ones(tmp_path):
    done = lingyu("query", "gvm", home=tmp_path)
    assert done.returncode == 2
    assert "gmv" in done.stderr and "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_told_without_a_traceback(tmp_path):
    done = lingyu("query", "gmv", home=tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "The database can't be reached" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("named", [True, False])
def test_a_checkout_keeps_its_data_beside_the_makefile_unless_told_otherwise(named, monkeypatch, tmp_path):
    monkeypatch.delenv("LINGYU_HOME", raising=False)
    if named:
        monkeypatch.setenv("LINGYU_HOME", str(tmp_path / "here"))
    assert env.home() == (tmp_path / "here" if named else ROOT / ".lingyu")
