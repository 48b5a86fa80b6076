"""How large a thing may grow before it has to be cut: files, functions, views."""

import ast

import pytest

from . import ratchets
from .sources import Source, product, python, tracked

FILE_LINES, FUNCTION_LINES, VIEW_LINES = 260, 45, 15
TRACKED_BYTES = 400_000
# Learnt weights are data that nobody can write by hand; they have a limit of their own.
WEIGHTS, WEIGHTS_BYTES = "lingyu/community/pact/screening/model/shipped.bin", 2 * 2**20

pytestmark = pytest.mark.one_database


def lines(node: ast.AST) -> int:
    """The lines of a function from `def` to its end, its docstring left out."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    spent = first.end_lineno - first.lineno + 1 if is_docstring and isinstance(first.value.value, str) else 0
    return node.end_lineno - node.lineno + 1 - spent


def functions(source: Source):
    """(name, node) of every function, methods included."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{source.name}::{node.name}", node


def is_view(node: ast.FunctionDef) -> bool:
    """Whether a function carries the mark of a view."""
    calls = [d.func for d in node.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(c, ast.Name) and c.id == "access" for c in calls)


def test_no_file_outgrows_its_room():
    sizes = {s.name: len(s.text.splitlines()) for s in python()}
    ratchets.hold("file_lines", {n: size for n, size in sizes.items() if size > FILE_LINES})


def test_no_function_is_longer_than_a_screen():
    sizes = {name: lines(node) for s in python() for name, node in functions(s)}
    ratchets.hold("function_lines", {n: size for n, size in sizes.items() if size > FUNCTION_LINES})


def test_a_view_finds_calls_and_renders():
    sizes = {name: lines(node) for s in product() for name, node in functions(s) if is_view(node)}
    assert sizes, "no view was found: has the mark been renamed?"
    ratchets.hold("view_lines", {n: size for n, size in sizes.items() if size > VIEW_LINES})


def test_nothing_large_is_kept_in_git():
    sizes = {p.as_posix(): p.stat().st_size for p in tracked()}
    large = {name: size for name, size in sizes.items() if size > TRACKED_BYTES}
    weights = [name for name in large if name.endswith(WEIGHTS) and large[name] <= WEIGHTS_BYTES]
    assert not large.keys() - set(weights)
