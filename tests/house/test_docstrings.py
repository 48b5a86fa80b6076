"""Every module says what it holds; everything public says what it does."""

import ast

import pytest

from . import ratchets
from .sources import Source, product, python

pytestmark = pytest.mark.one_database

# What a base class or a framework has documented already, and a name that says it all.
SPOKEN_FOR = {"Meta", "Command"}


def undocumented(source: Source) -> list[str]:
    """Public classes, functions and methods without a docstring."""
    return [f"{source.name}::{name}" for name, node in public(source.tree) if not ast.get_docstring(node)]


def public(tree: ast.AST, prefix: str = ""):
    """(name, node) of public definitions, those inside private ones left out; overriding methods too."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") or node.name in SPOKEN_FOR:
            continue
        yield f"{prefix}{node.name}", node
        if isinstance(node, ast.ClassDef) and not node.bases:
            yield from public(node, f"{prefix}{node.name}.")


def test_every_module_opens_by_saying_what_it_holds():
    silent = [s.name for s in python() if s.text.strip() and not ast.get_docstring(s.tree)]
    assert not silent


def test_every_public_class_and_function_says_what_it_does():
    ratchets.hold("docstrings", {name: 1 for s in product() for name in undocumented(s)})


def test_no_comment_asks_to_be_kept_in_step_with_another_place():
    asked = [s.name for s in product() if "keep in sync" in s.text.lower()]
    assert not asked
