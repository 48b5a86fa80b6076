"""Tables that go out: exact, readable by spreadsheets, and never executed by them."""

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.store import sheets
from lingyu.store.formulas import neutral
from lingyu.store.intake import cells
from lingyu.store.intake.errors import CellError
from lingyu.store.sheets import Column, TooManyRows, to_csv, to_xlsx

COLUMNS = [
    Column("name", "品名"),
    Column("orders", "Orders", "count"),
    Column("paid", "Paid", "money", "CNY"),
    Column("yen", "Yen", "money", "JPY"),
    Column("rate", "Rate", "percent"),
    Column("day", "Day", "day"),
]
ROWS = [
    ("=1+1", -3, -1234, 500, 0.25, date(2024, 1, 5)),
    ("-5 ℃", None, Decimal("-1.20"), None, Fraction(1, 4), "2024-01-06"),
    ('a"b,c', 0, None, 0, float("nan"), None),
]


def written(columns=COLUMNS, rows=ROWS) -> list[list[str]]:
    """The CSV, read back."""
    return list(csv.reader(io.StringIO(b"".join(to_csv(columns, rows)).decode("utf-8-sig"), newline="")))


def test_a_csv_keeps_numbers_as_numbers_and_neutralises_texts():
    assert written() == [
        ["品名", "Orders", "Paid", "Yen", "Rate", "Day"],
        ["'=1+1", "-3", "-12.34", "500", "0.25", "2024-01-05"],
        ["'-5 ℃", "", "-1.20", "", "0.25", "2024-01-06"],
        ['a"b,c', "0", "", "0", "", ""],
    ]
    assert b"".join(to_csv(COLUMNS, ROWS)).startswith(b"\xef\xbb\xbf")


def test_a_long_csv_comes_in_blocks():
    blocks = list(to_csv(COLUMNS[:2], ((str(n), n) for n in range(sheets.CSV_BLOCK * 3))))
    assert len(blocks) == 4
    assert len(b"".join(blocks).splitlines()) == sheets.CSV_BLOCK * 3 + 1


def test_a_workbook_holds_the_table_and_what_it_means():
    data = to_xlsx(COLUMNS, ROWS, title="成交/趋势", notes=[("gmv", "=sum")])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names[0] == "成交 趋势" and len(book.sheet_names) == 2
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1] == ["=1+1", -3, -12.34, 500, 0.25, date(2024, 1, 5)]
    assert rows[2] == ["-5 ℃", "", -1.2, "", 0.25, "2024-01-06"]
    assert ["gmv", "=sum"] in book.get_sheet_by_index(1).to_python()


@pytest.mark.parametrize("title", ["", "'[]:*?/\\", "History", "口径", "Definition", "长" * 60])
def test_any_title_makes_a_workbook(title):
    data = to_xlsx(COLUMNS, [], title=title)
    assert len(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names) == 2


def test_a_table_too_long_for_a_sheet_says_so(monkeypatch):
    monkeypatch.setattr(sheets, "EXCEL_ROWS", 3)
    assert to_xlsx(COLUMNS[:1], [["a"], ["b"]], title="x")
    with pytest.raises(TooManyRows):
        to_xlsx(COLUMNS[:1], [["a"], ["b"], ["c"]], title="x")


AWKWARD = st.text("'=+-@＝＋\t\r\n\x1f\ufeff\0 ,;1a(|!\"", max_size=8)


@given(st.lists(st.text(max_size=12) | AWKWARD, min_size=1, max_size=4))
def test_no_text_becomes_a_cell_that_a_spreadsheet_would_execute(texts):
    columns = [Column(str(n), text) for n, text in enumerate(texts)]
    for line in written(columns, [texts]):
        for cell, text in zip(line, texts, strict=True):
            assert cell.removeprefix("'") == text.removeprefix("'")
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            assert not cell.startswith(("\t", "\r", "\n"))


@settings(max_examples=500)
@given(st.text(max_size=20) | AWKWARD)
def test_a_text_that_was_read_is_the_same_after_export_and_import(raw):
    try:
        text = cells.text(raw)
    except CellError:
        return
    assert cells.text(neutral(text)) == text
