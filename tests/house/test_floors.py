"""The floors: import-linter's contracts, that they can fail, and what they cannot see."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import PACKAGE, ROOT, Source, product

pytestmark = pytest.mark.one_database

FLOOR = {
    "kernel": 0,
    "store": 1,
    "look": 1,
    "community": 2,
    "desk": 2,
    "collector": 2,
    "operations": 3,
    "config": 4,
}


def lint(folder: Path) -> subprocess.CompletedProcess:
    """import-linter on the package in `folder`."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", program, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path) -> Path:
    """The package and its contracts, to be broken."""
    left_out = shutil.ignore_patterns("__pycache__", "vendor", "tests")
    shutil.copytree(PACKAGE, tmp_path / "lingyu", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_runs_downwards():
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_an_import_that_runs_upwards_is_found(copy):
    (copy / "lingyu/store/ship.py").open("a").write("\nfrom lingyu.desk import board\n")
    (copy / "lingyu/kernel/ids.py").open("a").write("\nimport django\n")
    answer = lint(copy)
    assert answer.returncode == 1
    assert "lingyu.store is not allowed to import lingyu.desk" in answer.stdout
    assert "lingyu.kernel is not allowed to import django" in answer.stdout


def test_a_new_floor_has_to_be_put_in_its_place(copy):
    (copy / "lingyu/attic").mkdir()
    (copy / "lingyu/attic/__init__.py").write_text('"""Not on any floor."""\n')
    assert lint(copy).returncode == 1


def floor_of(module: str) -> str:
    """The floor's folder of a dotted module name, or nothing."""
    return module.split(".")[1] if module.startswith("lingyu.") else ""


def paths_in_strings(source: Source):
    """Dotted paths into the house that a file names in a string, its docstrings left out."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from re.findall(r"lingyu\.[a-z_]+(?:\.[a-z_]+)+", node.value)


def test_no_string_reaches_where_an_import_may_not():
    upwards = [
        f"{s.name} names {path}"
        for s in product()
        for path in paths_in_strings(s)
        if FLOOR.get(floor_of(path), 0) > FLOOR.get(floor_of(s.module), 4)
    ]
    assert not upwards


def test_only_config_finds_code_by_name():
    found = [
        f"{s.name} uses {word}"
        for s in product()
        if floor_of(s.module) != "config"
        for word in re.findall(
            r"\b(get_model|import_module|import_string|__import__|find_spec)\((?!\"\.)", s.text
        )
    ]
    # The one door for an operation's importer, which its manifest names so that it loads only when asked for.
    assert set(found) <= {
        "lingyu/desk/management/commands/import.py uses import_string",
        "lingyu/desk/uploads/asks.py uses import_string",
    }
