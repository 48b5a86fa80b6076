"""`lingyu import orders`: what goes in, what is held back, what it says, and with which exit code."""

import gzip

import pytest

from lingyu.kernel.query import Query
from lingyu.operations.ecommerce.models import ImportRun, LedgerEntry, Shop
from lingyu.store.intake.models import ColumnMapping
from lingyu.store.models import Envelope
from lingyu.store.query import ask

from .samples import HEADER, ORDER, report

WHOLE = ["订单号", "付款时间", "金额", "退款金额", "退款时间"]


def test_a_file_goes_in_and_its_numbers_are_there_at_once(lingyu_import, table):
    path = table("orders.csv", HEADER, [ORDER, ["A2", "2026-06-02 12:00", "SKU-2", "1", "5", "", ""]])
    said = lingyu_import("orders", path, "--shop", "Plume")
    assert said.code == 0
    assert ask(Query(metric="gmv")).total == 3000
    assert ask(Query(metric="paid_orders")).total == 2
    assert ask(Query(metric="paying_buyers")).total == 1
    first = LedgerEntry.objects.get(order_number="A1")
    assert (first.buyer, first.country, first.product, first.quantity) == (
        "Plume/17850",
        "France",
        "SKU-1",
        2,
    )
    assert first.occurred_at.isoformat() == "2026-06-01T04:00:00+00:00"


def test_importing_again_changes_nothing(lingyu_import, table):
    path = table("orders.csv", HEADER, [ORDER, ORDER])
    lingyu_import("orders", path, "--shop", "Plume")
    before = (LedgerEntry.objects.net(), ask(Query(metric="gmv")).total)
    said = lingyu_import("orders", path, "--shop", "Plume")
    assert said.code == 0
    assert before == (5000, 5000) == (LedgerEntry.objects.net(), ask(Query(metric="gmv")).total)
    assert ImportRun.objects.order_by("-id").first().unchanged == 2


def test_one_order_sent_twice_and_a_partial_refund_net_sixty_on_both_calendars(lingyu_import, table):
    path = table(
        "orders.csv",
        ["order_id", "paid_at", "amount"],
        [
            ["1001", "2026-06-01 10:00", "100.00"],
            ["1001", "2026-06-01 10:00", "100.00"],
            ["1001", "2026-06-05 10:00", "-40.00"],
        ],
    )
    assert lingyu_import("orders", path, "--shop", "Plume").code == 0
    for metric, value in {
        "net_gmv": 6000,
        "net_gmv_by_pay_day": 6000,
        "gmv": 10000,
        "refund_amount": 4000,
        "paid_orders": 1,
        "refunded_orders": 1,
        "unmatched_refund_amount": 0,
    }.items():
        assert ask(Query(metric=metric)).total == value, metric
    by_day = {r.time.day: r.value for r in ask(Query(metric="net_gmv_by_pay_day", grain="day")).rows}
    assert by_day[1] == 6000
    assert {r.time.day: r.value for r in ask(Query(metric="net_gmv", grain="day")).rows}[5] == -4000


def test_a_refund_before_its_order_ends_on_the_orders_day(lingyu_import, table):
    header = ["order_id", "paid_at", "amount"]
    late = table("late.csv", header, [["1001", "2026-06-05 10:00", "-40.00"]])
    order = table("order.csv", header, [["1001", "2026-06-01 10:00", "100.00"]])
    lingyu_import("orders", late, "--shop", "Plume")
    assert ask(Query(metric="unmatched_refund_amount")).total == 4000
    lingyu_import("orders", order, "--shop", "Plume")
    assert ask(Query(metric="unmatched_refund_amount")).total == 0
    days = {r.time.day: r.value for r in ask(Query(metric="net_gmv_by_pay_day", grain="day")).rows}
    assert (days[1], days.get(5, 0)) == (6000, 0)
    assert ask(Query(metric="net_gmv")).total == ask(Query(metric="net_gmv_by_pay_day")).total == 6000


def test_a_refund_column_beside_the_payment_is_an_entry_of_its_own(lingyu_import, table):
    path = table(
        "orders.csv",
        WHOLE,
        [["9", "2026-06-01", "100", "30", "2026-06-03"], ["10", "2026-06-01", "5", "", ""]],
    )
    assert lingyu_import("orders", path, "--shop", "Plume").code == 0
    assert [e.amount for e in LedgerEntry.objects.refunded()] == [-3000]
    assert lingyu_import("orders", path, "--shop", "Plume").code == 0
    assert LedgerEntry.objects.net() == 7500


def test_a_bad_row_holds_back_its_whole_order_and_nothing_else(lingyu_import, table):
    path = table(
        "orders.csv",
        HEADER,
        [
            ORDER,
            ["B1", "2026-06-01 12:00", "SKU-1", "1", "3", "", ""],
            ["B1", "2026-06-31 12:00", "SKU-2", "1", "4", "", ""],
        ],
    )
    said = lingyu_import("orders", path, "--shop", "Plume")
    assert said.code == 1
    assert set(LedgerEntry.objects.values_list("order_number", flat=True)) == {"A1"}
    rows = {int(r["row"]): r for r in report("orders.csv.errors.csv")}
    assert rows.keys() == {3, 4}
    assert (rows[4]["column"], rows[4]["reason"]) == ("paid_at", "impossible_date")
    assert rows[3]["reason"] == "held_back"
    assert "orders.csv.errors.csv" in said.err


def test_a_conflict_is_reported_with_both_values(lingyu_import, table):
    lingyu_import("orders", table("one.csv", HEADER, [ORDER]), "--shop", "Plume")
    changed = [*ORDER[:4], "10", *ORDER[5:]]
    said = lingyu_import("orders", table("two.csv", HEADER, [changed]), "--shop", "Plume")
    assert said.code == 1
    [row] = report("two.csv.errors.csv")
    assert row["reason"] == "conflict"
    assert "25.00" in row["message"] and "20.00" in row["message"]
    assert LedgerEntry.objects.net() == 2500


def test_a_dry_run_shows_the_difference_and_writes_nothing(lingyu_import, table):
    path = table("orders.csv", HEADER, [ORDER])
    said = lingyu_import("orders", path, "--shop", "Plume", "--dry-run")
    assert said.code == 0
    assert "A1" in said.out and "25.00" in said.out
    for model in (Shop, LedgerEntry, ImportRun, ColumnMapping, Envelope):
        assert not model.objects.exists(), model


def test_rounding_is_half_to_even_on_each_line(lingyu_import, table):
    rows = [
        [f"R{n}", "2026-06-01", "S", "1", price, "", ""]
        for n, price in enumerate(["0.125", "0.135", "0.145"])
    ]
    lingyu_import("orders", table("o.csv", HEADER, rows), "--shop", "Plume")
    assert list(LedgerEntry.objects.order_by("order_number").values_list("amount", flat=True)) == [12, 14, 14]


def test_negative_lines_are_refunds_and_doubly_negative_ones_are_refused(lingyu_import, table):
    rows = [
        ["C1", "2026-06-01", "S", "-2", "5", "", ""],
        ["C2", "2026-06-01", "S", "1", "-7", "", ""],
        ["C3", "2026-06-01", "S", "-1", "-7", "", ""],
    ]
    said = lingyu_import("orders", table("o.csv", HEADER, rows), "--shop", "Plume")
    assert said.code == 1
    entries = LedgerEntry.objects.order_by("order_number").values_list("kind", "amount", "quantity")
    assert list(entries) == [("refund", -1000, -2), ("refund", -700, 0)]
    assert report("o.csv.errors.csv")[0]["reason"] == "both_negative"


def test_a_type_column_makes_a_refund_with_either_sign(lingyu_import, table):
    path = table(
        "o.csv",
        ["order_id", "paid_at", "amount", "type"],
        [
            ["1", "2026-06-01", "100", "sale"],
            ["1", "2026-06-02", "40", "退款"],
            ["1", "2026-06-03", "-10", "Refund"],
        ],
    )
    lingyu_import("orders", path, "--shop", "Plume")
    assert LedgerEntry.objects.net() == 5000


def test_named_columns_are_remembered_for_the_next_file(lingyu_import, table):
    header = ["ref", "when", "gross"]
    first, second = (table(f"{n}.csv", header, [[n, "2026-06-01", "5"]]) for n in ("a", "b"))
    said = lingyu_import("orders", first, "--shop", "Plume")
    assert said.code == 2
    assert "--map" in said.err and "ref, when, gross" in said.err
    named = ("--map", "order=ref", "--map", "at=when", "--map", "amount=gross")
    assert lingyu_import("orders", first, "--shop", "Plume", *named).code == 0
    assert lingyu_import("orders", second, "--shop", "Plume").code == 0
    assert LedgerEntry.objects.count() == 2


@pytest.mark.parametrize("named", ["order", "order=", "nothing=ref", "order=nowhere"])
def test_a_wrong_mapping_says_what_there_is(lingyu_import, table, named):
    path = table("a.csv", ["ref", "when", "gross"], [["1", "2026-06-01", "5"]])
    said = lingyu_import("orders", path, "--shop", "Plume", "--map", named)
    assert said.code == 2
    assert said.err.strip()
    assert not Shop.objects.exists()


def test_a_refused_file_does_not_stop_the_others(lingyu_import, table, tmp_path):
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(b"order_id,paid_at,amount\r\n" + b"1,2026-06-01,5\r\n" * 999)[:-20])
    good = table("good.csv", HEADER, [ORDER])
    said = lingyu_import("orders", broken, good, tmp_path / "missing.csv", "--shop", "Plume")
    assert said.code == 2
    assert "broken.csv.gz" in said.err and "missing.csv" in said.err
    assert LedgerEntry.objects.net() == 2500


def test_the_currency_of_a_shop_cannot_be_changed_by_a_file(lingyu_import, table):
    path = table("orders.csv", HEADER, [ORDER])
    lingyu_import("orders", path, "--shop", "Plume", "--currency", "GBP")
    assert LedgerEntry.objects.get().currency == "GBP"
    said = lingyu_import("orders", path, "--shop", "Plume", "--currency", "USD")
    assert said.code == 2
    assert "GBP" in said.err


def test_a_currency_without_cents_has_none(lingyu_import, table):
    path = table("orders.csv", ["order_id", "paid_at", "amount"], [["1", "2026-06-01", "1200"]])
    lingyu_import("orders", path, "--shop", "Plume", "--currency", "JPY")
    assert LedgerEntry.objects.get().amount == 1200


def test_a_named_encoding_is_believed_and_a_wrong_one_refused(lingyu_import, table):
    header = ["order_id", "paid_at", "amount", "product_id"]
    path = table("o.csv", header, [["1", "2026-06-01", "5", "青瓷茶杯"]], "big5-hkscs")
    assert lingyu_import("orders", path, "--shop", "Plume", "--encoding", "big5hkscs").code == 0
    assert LedgerEntry.objects.get().product == "青瓷茶杯"
    for wrong in ("ascii", "rot13", "klingon"):
        assert lingyu_import("orders", path, "--shop", "Plume", "--encoding", wrong).code == 2


def test_a_conflict_tells_times_by_the_clock_of_the_shop(lingyu_import, table):
    london = ("--shop", "Plume", "--zone", "Europe/London")
    lingyu_import("orders", table("one.csv", HEADER, [ORDER]), *london)
    later = [ORDER[0], "2026-06-01 13:00:00", *ORDER[2:]]
    lingyu_import("orders", table("two.csv", HEADER, [later]), *london)
    [row] = report("two.csv.errors.csv")
    assert "2026-06-01 12:00:00" in row["message"] and "2026-06-01 13:00:00" in row["message"]
