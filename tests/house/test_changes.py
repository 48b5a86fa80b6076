"""Changes of the database are written down, and a new operation is one folder and no other edit."""

import shutil
import subprocess
import sys

import pytest
from django.core.management import call_command

from lingyu.config.scaffold import Refused, scaffold

from .sources import ROOT

pytestmark = pytest.mark.one_database


def test_the_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_house_starts_without_a_warning(db):
    call_command("check", fail_level="WARNING", verbosity=0)


@pytest.fixture
def copy(tmp_path):
    """A checkout to build in."""
    left_out = shutil.ignore_patterns("__pycache__", "vendor", ".venv")
    for name in ("lingyu", "tests", "docs", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    for name in ("pyproject.toml", "conftest.py", "manage.py"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(folder, *command):
    """A command in the copy; its output is the message when it fails."""
    answer = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def changed_at(folder):
    """When each file was last changed."""
    return {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def test_a_new_operation_is_one_folder_and_no_other_edit(copy):
    before = changed_at(copy)
    folder = scaffold("support", zh="客服运营", en='Support "desk"', package=copy / "lingyu")
    after = changed_at(copy)
    assert {p: at for p, at in after.items() if not p.is_relative_to(folder)} == before

    house = "tests/house"
    run(copy, "-m", "lingyu.config.messages", "compile")
    # Its desk opens, its metric answers; it keeps to the floors, the rooms, the words.
    run(
        copy,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "lingyu/operations/support",
        f"{house}/test_floors.py::test_every_import_runs_downwards",
        f"{house}/test_rooms.py::test_an_operation_has_the_rooms_that_every_operation_has[support]",
        f"{house}/test_changes.py::test_the_migrations_are_complete",
        f"{house}/test_words.py::test_every_text_is_collected_and_translated[lingyu.operations.support]",
    )
    run(copy, "-m", "ruff", "check", "lingyu/operations/support")


@pytest.mark.parametrize(("name", "zh"), [("Bad-Name", "名"), ("class", "名"), ("../up", "名"), ("good", "")])
def test_an_operation_without_a_proper_name_is_refused(name, zh, tmp_path):
    with pytest.raises(Refused):
        scaffold(name, zh=zh, en="Name", package=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_operation_that_is_there_is_not_overwritten(tmp_path):
    scaffold("support", zh="客服运营", en="Support", package=tmp_path)
    with pytest.raises(Refused, match="already"):
        scaffold("support", zh="别的", en="Other", package=tmp_path)
