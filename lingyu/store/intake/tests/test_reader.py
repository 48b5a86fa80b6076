"""Typed rows, the errors set aside, their report, and the mapping of columns."""

import csv
import glob
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from lingyu.store.intake import mapping
from lingyu.store.intake.errors import RowError
from lingyu.store.intake.files import open_table
from lingyu.store.intake.mapping import Field, guess
from lingyu.store.intake.reader import BATCH, Reader, Rules
from lingyu.store.intake.report import ErrorReport

from .making import refused, table

ONLINE_RETAIL = Path(__file__).resolve().parents[5] / "shared" / "data" / "online_retail"

ORDER = Field("order_id", "订单编号", "InvoiceNo", "identifier", required=True, synonyms=("订单号",))
AMOUNT = Field("amount", "金额", "Amount", "money", required=True)
PAID_AT = Field("paid_at", "付款时间", "Paid at", "moment")
TITLE = Field("title", "标题", "Title")
FIELDS = [ORDER, AMOUNT, PAID_AT, TITLE]
HEADER = "订单编号,金额,付款时间,备注\n"


def read(body: str, header: str = HEADER, fields=FIELDS, **options) -> tuple[list[tuple], list[RowError]]:
    """(values of the good rows, errors of the others)."""
    errors: list[RowError] = []
    rows = Reader(table((header + body).encode()), fields, errors=errors, **options)
    return [tuple(row) for row in rows], errors


def test_rows_come_typed_and_numbered():
    rows, errors = read('="1001",12.50,2024-01-05 08:00,x\n1002.0,8,,\n')
    assert not errors
    assert rows == [
        (2, "1001", 1250, datetime(2024, 1, 5, tzinfo=UTC), None),
        (3, "1002", 800, None, None),
    ]


def test_a_bad_row_is_set_aside_with_every_error_in_it_and_the_others_are_read():
    with override("en"):
        rows, errors = read("1001,12.50,,\n1002,nan,2024-02-30,\n,-5,,\n1004,1,,\n")
    assert [row[1] for row in rows] == ["1001", "1004"]
    assert [(e.row, e.column, e.value, e.reason) for e in errors] == [
        (3, "金额", "nan", "not_finite"),
        (3, "付款时间", "2024-02-30", "impossible_date"),
        (4, "订单编号", "", "blank"),
        (4, "金额", "-5", "negative"),
    ]
    assert errors[2].message == "This must not be empty."


def test_a_row_of_another_length_is_an_error_unless_only_blanks_are_at_stake():
    rows, errors = read("1,1,,,,\n2,2,,,x\n3\n4,4\n")
    assert [row[1] for row in rows] == ["1", "4"]
    assert [(e.row, e.reason) for e in errors] == [(3, "ragged"), (4, "ragged")]


def test_rows_without_any_value_are_passed_over():
    rows, errors = read("1,1,,\n,,,\n \t,,\xa0,\n2,2,,\n")
    assert ([row[0] for row in rows], errors) == ([2, 5], [])


def test_a_dash_means_an_empty_cell():
    assert read("1,1,-,\n")[0] == [(2, "1", 100, None, None)]
    assert read("1,-,,\n")[1][0].reason == "blank"


def test_batches_with_and_without_errors_give_the_same_rows():
    body = "".join(f"{n},{n},,\n" for n in range(3 * BATCH))
    clean, _none = read(body)
    spoilt, errors = read(body.replace("\n1500,1500,", "\n1500,x,"))
    assert len(clean) == 3 * BATCH and len(errors) == 1
    assert spoilt == [row for row in clean if row[1] != "1500"]


def test_the_rules_of_an_import_say_zone_and_currency():
    now = datetime(2024, 7, 2, tzinfo=UTC)
    rules = Rules(zone=ZoneInfo("Europe/London"), currency="JPY", exponent=0, now=now)
    rows, errors = read("1,¥500,2024-07-01 10:00,\n2,500.5,,\n3,1,2024-07-09,\n", rules=rules)
    assert rows == [(2, "1", 500, datetime(2024, 7, 1, 9, tzinfo=UTC), None)]
    assert [e.reason for e in errors] == ["too_precise", "in_future"]


def test_a_missing_column_is_named_in_the_readers_language():
    for language, words in (("en", "Columns are missing: Amount."), ("zh-hans", "缺少这些列：金额。")):
        with override(language), refused("missing_columns") as caught:
            Reader(table(b"InvoiceNo,x\n1,2\n"), FIELDS)
        assert caught.value.message.startswith(words)


def test_columns_are_guessed_by_any_of_their_names():
    assert guess(["invoice no.", "（金额）", "Title", "other"], FIELDS) == {
        "order_id": "invoice no.",
        "amount": "（金额）",
        "title": "Title",
    }
    assert guess(["订单号", "订单编号"], FIELDS) == {"order_id": "订单编号"}


def test_a_column_serves_one_field():
    twice = [Field("a", "金额", "Amount"), Field("b", "金额", "Amount", synonyms=("总金额",))]
    assert guess(["金额", "总金额"], twice) == {"a": "金额", "b": "总金额"}


@pytest.mark.django_db
def test_a_confirmed_mapping_is_remembered_for_files_with_the_same_columns():
    confirmed = {"order_id": "单号", "amount": "实付"}
    header = {"importer": "orders", "columns": ["单号", "实付", "备注"]}
    mapping.remember(actor="大鹏", **header, mapping={"order_id": "备注"})
    row = mapping.remember(actor="阿鹊", **header, mapping=confirmed)
    assert mapping.recall("orders", ["备注", "实付 ", "单号"]) == {"order_id": "单号", "amount": "实付 "}
    assert mapping.recall("visitors", ["单号", "实付", "备注"]) is None
    assert mapping.recall("orders", ["单号", "实付"]) is None
    assert (row.remembered_by, type(row).objects.count()) == ("阿鹊", 1)


def test_the_report_holds_every_error_and_nothing_that_a_spreadsheet_would_execute(tmp_path):
    path = tmp_path / "errors.csv"
    with ErrorReport() as report:
        for row in (2, 2, 3):
            report.append(RowError(row, "金额", "=1+1", "formula", "@no"))
        assert report.write(path) == path
        assert (report.count, report.rows, report.reasons, len(report.first)) == (3, 2, {"formula": 3}, 3)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfrow,column,value,reason,message\r\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["2", "金额", "'=1+1", "formula", "'@no"]
    assert list(tmp_path.iterdir()) == [path]


def test_without_errors_no_report_is_written(tmp_path):
    with ErrorReport() as report:
        assert report.write(tmp_path / "errors.csv") is None
    assert not list(tmp_path.iterdir())


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    target = tmp_path / "errors.csv"
    target.mkdir()
    with ErrorReport() as report:
        report.append(RowError(2, "a", "b", "c", "d"))
        with pytest.raises(OSError):
            report.write(target)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.shared_data
@pytest.mark.skipif(not ONLINE_RETAIL.is_dir(), reason="the Online Retail files are not beside the checkout")
def test_half_a_million_real_lines_are_read_exactly():
    fields = [
        Field("order_id", "订单号", "InvoiceNo", "identifier", required=True),
        Field("sku", "货号", "StockCode", required=True),
        Field("title", "品名", "Description"),
        Field("quantity", "数量", "Quantity", "integer", required=True, signed=True),
        Field("paid_at", "时间", "InvoiceDate", "moment", required=True),
        Field("price", "单价", "UnitPrice", "decimal", required=True, signed=True),
        Field("buyer", "客户", "CustomerID", "identifier"),
        Field("country", "国家", "Country"),
    ]
    count, total, buyers = 0, Decimal(0), set()
    for path in sorted(glob.glob(f"{ONLINE_RETAIL}/*.csv.gz")):
        with open_table(path) as opened:
            reader = Reader(opened, fields, rules=Rules(zone=ZoneInfo("Europe/London"), currency="GBP"))
            for row in reader:
                count += 1
                total += row.quantity * row.price
                buyers.add(row.buyer)
            assert reader.errors == []
    assert (count, total, len(buyers - {None})) == (541_909, Decimal("9747747.934"), 4372)
    assert "17850" in buyers
