"""What the tests of e-commerce share: files written as platforms write them, and the command itself."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.utils import translation

from lingyu.operations.ecommerce.actions import open_shop
from lingyu.operations.ecommerce.models import Shop


class Said(NamedTuple):
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def shop(db) -> Shop:
    """A shop of our own, in yuan, in Shanghai."""
    return open_shop(actor=None, name="Plume", platform="own", currency="CNY", zone="Asia/Shanghai")


@pytest.fixture
def table(tmp_path) -> Callable[..., Path]:
    """`table(name, header, rows, encoding="utf-8")`: a CSV file, its cells as given."""

    def write(
        name: str, header: Sequence[str], rows: Sequence[Sequence[object]], encoding: str = "utf-8"
    ) -> Path:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def lingyu_import(empty_store, capsys, tmp_path, monkeypatch) -> Callable[..., Said]:
    """`lingyu_import("orders", path, "--shop", "Plume")`: the command in English, in a folder of its own."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(kind: str, *arguments: object) -> Said:
        code = 0
        with translation.override("en"):
            try:
                call_command("import", kind, *map(str, arguments))
            except SystemExit as leaving:
                code = leaving.code
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
