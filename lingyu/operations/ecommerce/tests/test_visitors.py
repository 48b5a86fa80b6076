"""Visitors: counted once a day, corrected by a fact of the difference."""

from datetime import date

from lingyu.kernel.query import Period, Query
from lingyu.operations.ecommerce.events import VisitorsCounted
from lingyu.operations.ecommerce.models import VisitorCount
from lingyu.store.query import ask

JUNE = Period(date(2026, 6, 1), date(2026, 6, 2))


def test_a_days_visitors_count_at_noon_of_the_shop(lingyu_import, table, facts):
    path = table(
        "v.csv",
        ["统计日期", "访客数", "浏览量"],
        [["2026-06-01", "1,200", "9"], ["2026-06-02", "800", "9"]],
        "gbk",
    )
    assert lingyu_import("visitors", path, "--shop", "Plume").code == 0
    assert [f.occurred_at.isoformat() for f in facts(VisitorsCounted)][0] == "2026-06-01T04:00:00+00:00"
    assert ask(Query(metric="visitors", period=JUNE)).total == 2000


def test_a_corrected_count_replaces_and_an_equal_one_changes_nothing(lingyu_import, table, facts):
    header = ["date", "visitors"]
    lingyu_import(
        "visitors", table("a.csv", header, [["2026-06-01", "100"], ["2026-06-02", "50"]]), "--shop", "Plume"
    )
    said = lingyu_import(
        "visitors", table("b.csv", header, [["2026-06-01", "90"], ["2026-06-02", "50"]]), "--shop", "Plume"
    )
    assert "1 corrected, 1 unchanged" in said.out
    assert sorted(f.visitors for f in facts(VisitorsCounted)) == [-10, 50, 100]
    assert ask(Query(metric="visitors", period=JUNE)).total == 140


def test_a_day_told_twice_is_refused_and_the_others_count(lingyu_import, table):
    rows = [["2026-06-01", "100"], ["2026-06-01", "30"], ["2026-06-02", "50"], ["2026-06-03", "-1"]]
    said = lingyu_import("visitors", table("a.csv", ["date", "visitors"], rows), "--shop", "Plume")
    assert said.code == 1
    assert [c.change for c in VisitorCount.objects.all()] == [50]


def test_conversion_leaves_out_a_shop_whose_visitors_nobody_knows(lingyu_import, table):
    header = ["order_id", "paid_at", "amount", "buyer"]
    lingyu_import("visitors", table("v.csv", ["date", "visitors"], [["2026-06-01", "10"]]), "--shop", "Plume")
    lingyu_import("orders", table("a.csv", header, [["1", "2026-06-01", "5", "x"]]), "--shop", "Plume")
    lingyu_import("orders", table("b.csv", header, [["1", "2026-06-01", "5", "y"]]), "--shop", "Quill")
    assert float(ask(Query(metric="conversion_rate", period=JUNE)).total) == 0.1


def test_a_dry_run_counts_nobody(lingyu_import, table):
    said = lingyu_import(
        "visitors",
        table("v.csv", ["date", "visitors"], [["2026-06-01", "10"]]),
        "--shop",
        "Plume",
        "--dry-run",
    )
    assert said.code == 0 and "1 days new" in said.out
    assert not VisitorCount.objects.exists()
