"""A desk's numbers beside those worked by hand: tiles, trend, breakdown, bridge, goal, files."""

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from django.http import QueryDict

from lingyu.desk import actions, bridge, exports, frame, goals, panels
from lingyu.desk.models import Goal
from lingyu.operations.ecommerce import metrics as m
from lingyu.operations.ecommerce.actions import ImportedFile, open_shop, post_entries
from lingyu.store.ship import ship_all

from .conftest import WEEK, sale


def values(operation, asked) -> dict:
    """{metric: (value, value before)} of a desk's tiles."""
    return {t.metric.name: (t.value, t.before) for t in panels.tiles(operation, asked)}


def test_the_tiles_say_what_the_week_was(plume, ecommerce, framed):
    found = values(ecommerce, framed())
    assert found[m.GMV.name] == (90000, 50000)
    assert found[m.PAID_ORDERS.name] == (6, 5)
    assert found[m.VISITORS.name] == (300, 200)
    assert found[m.CONVERSION_RATE.name] == (Fraction(6, 300), Fraction(5, 200))
    assert found[m.REVENUE_PER_BUYER.name] == (15000, 10000)
    assert found[m.NET_GMV.name] == (86000, 50000)


def test_a_filter_leaves_out_what_it_says(plume, ecommerce, framed):
    assert values(ecommerce, framed("shop=Nobody"))[m.GMV.name] == (0, 0)
    assert values(ecommerce, framed("shop=Plume"))[m.GMV.name] == (90000, 50000)


def test_a_shop_with_a_quote_in_its_name_can_be_chosen(plume, ecommerce, framed):
    assert values(ecommerce, framed("shop=O'Neill' or 1=1"))[m.GMV.name] == (0, 0)


def test_the_bridge_sums_to_the_change_to_the_cent(plume, ecommerce, framed):
    found = bridge.build(ecommerce.drivers, framed())
    assert [s.metric.name for s in found.steps] == [
        m.VISITORS.name,
        m.CONVERSION_RATE.name,
        m.REVENUE_PER_BUYER.name,
    ]
    assert found.before + sum(s.part for s in found.steps) == found.after == 90000
    # By hand, for a factor from x to X and the other two from y, z to Y, Z:
    # (X−x) × (yz/3 + yZ/6 + Yz/6 + YZ/3). Visitors 200→300, conversion 1/40→1/50, value 10000→15000 fen:
    # 100 × (250/3 + 375/6 + 200/6 + 300/3) = 27916⅔, then −15833⅓ and 27916⅔; together 40000.
    assert [s.part for s in found.steps] == [27917, -15833, 27916]


def test_a_shop_without_visitors_stands_apart_in_the_bridge(plume, ecommerce, framed):
    other = open_shop(actor=None, name="Other", platform="own", currency="CNY", zone="Asia/Shanghai")
    file = ImportedFile("x.csv", "2" * 64, "generic")
    post_entries(actor=None, shop=other, file=file, entries=[sale("9", 9, 777, "z")])
    ship_all()
    found = bridge.build(ecommerce.drivers, framed())
    assert (found.covered, found.uncovered) == (("Plume",), ("Other",))
    assert found.steps[-1].metric is None and found.steps[-1].part == 777
    assert found.before + sum(s.part for s in found.steps) == found.after == 90777


def test_without_visitors_the_bridge_uses_buyers_and_value(plume, ecommerce):
    asked = frame.read(QueryDict("period=custom&from=2026-06-04&to=2026-06-08"), ecommerce)
    found = bridge.build(ecommerce.drivers, asked)
    assert m.VISITORS.name not in [s.metric.name for s in found.steps]
    assert found.before + sum(s.part for s in found.steps) == found.after == 35000


def test_without_a_comparison_there_is_no_bridge(plume, ecommerce, framed):
    assert bridge.build(ecommerce.drivers, framed("compare=")) is None


def test_a_breakdown_has_the_largest_first_with_its_share(plume, ecommerce, framed):
    found = panels.breakdown(ecommerce.panel("products"), framed())
    assert [(line.key, line.cells[0][0], line.share) for line in found.lines] == [
        ("A", 45000, 0.5),
        ("B", 45000, 0.5),
    ]
    assert found.lines[0].name == "Title of A"


def test_a_trend_fills_every_day(plume, ecommerce, framed):
    rows = panels.trend(ecommerce.panel("trend"), framed("grain=day")).result.rows
    assert [r.value for r in rows] == [15000] * 6 + [0]
    assert [r.before for r in rows] == [10000] * 5 + [0, 0]


@pytest.mark.parametrize(
    "address", ["period=never", "from=x&to=y&period=custom", "grain=second", "compare=else", "currency=XXX"]
)
def test_an_unreadable_address_falls_back(plume, ecommerce, address):
    asked = frame.read(QueryDict(address), ecommerce)
    assert asked.period.days >= 1 and asked.grain in {"day", "week", "month"}
    assert asked.currency == "CNY"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0001-01-01", "2026-06-14"),
        ("2026-06-08", "9999-12-31"),
        ("1969-12-31", "1970-01-01"),
        ("1970-01-01", "2199-12-31"),
    ],
)
@pytest.mark.parametrize("grain", ["day", "month"])
def test_days_that_no_calendar_counts_and_ages_are_no_period(plume, aque, client_of, start, end, grain):
    address = f"/desk/ecommerce/?period=custom&from={start}&to={end}&grain={grain}&compare=previous"
    assert client_of(aque).get(address).status_code == 200


def test_a_period_the_wrong_way_round_is_turned(ecommerce, empty_store):
    asked = frame.read(QueryDict("period=custom&from=2026-06-14&to=2026-06-08"), ecommerce)
    assert (asked.period.start, asked.period.end) == (date(2026, 6, 8), date(2026, 6, 14))


def test_a_desk_whose_facts_are_old_shows_its_last_days(plume, ecommerce, monkeypatch):
    monkeypatch.setattr(frame.timezone, "localdate", lambda *a: date(2027, 6, 1))
    asked = frame.read(QueryDict("period=7d"), ecommerce)
    # The refund of the 14th is none of the facts that the final KPI counts.
    assert asked.moved_back and asked.period.end == date(2026, 6, 13)


def test_a_goal_tells_how_much_is_reached_and_how_much_time_is_gone(plume, ecommerce, aque):
    june = {"start": date(2026, 6, 1), "end": date(2026, 6, 30)}
    for target in (1, 280000):  # the later one counts
        actions.set_goal(actor=aque, metric=m.GMV, target=target, currency="CNY", **june)
    found = goals.progress(m.GMV, "CNY", today=date(2026, 6, 15))
    assert (found.reached, found.share, found.elapsed) == (140000, 0.5, 0.5)
    assert found.on_course
    assert goals.progress(m.GMV, "CNY", today=date(2026, 7, 1)) is None


@pytest.mark.parametrize("target", ["", "0", "-5", "abc", "NaN", "1e99"])
def test_a_goal_that_is_no_number_is_refused(ecommerce, aque, client_of, empty_store, target):
    client_of(aque).post("/desk/ecommerce/goal", {"target": target, "currency": "CNY"})
    assert not Goal.objects.exists()


@pytest.mark.parametrize("currency", ["javascript:alert(1)", "cny", "CN", "C" * 60, "\ufffd"])
def test_a_goal_in_no_currency_is_refused_and_says_so(ecommerce, aque, client_of, empty_store, currency):
    page = client_of(aque).post("/desk/ecommerce/goal", {"target": "5", "currency": currency}, follow=True)
    assert "Three letters" in page.content.decode()
    assert not Goal.objects.exists()


def test_a_goal_is_set_in_minor_units_by_those_who_may(ecommerce, aque, luren, client_of, empty_store):
    asked = {"target": "1234.50", "currency": "CNY"}
    assert client_of(luren).post("/desk/ecommerce/goal", asked).status_code == 403
    assert not Goal.objects.exists()
    client_of(aque).post("/desk/ecommerce/goal", asked)
    assert Goal.objects.get().target == 123450


def test_an_address_of_another_site_is_not_followed(aque, client_of, empty_store):
    posted = {"target": "5", "currency": "CNY", "next": "https://elsewhere.example/"}
    assert client_of(aque).post("/desk/ecommerce/goal", posted).url == "/desk/"


@pytest.mark.parametrize("panel", ["trend", "bridge", "shops", "products", "countries"])
def test_each_panel_can_be_taken_along(plume, aque, client_of, panel):
    text = b"".join(client_of(aque).get(f"/desk/ecommerce/{panel}.csv?{WEEK}").streaming_content).decode()
    assert "900.00" in text or "450.00" in text or "150.00" in text
    book = client_of(aque).get(f"/desk/ecommerce/{panel}.xlsx?{WEEK}").content
    from python_calamine import CalamineWorkbook

    sheets = CalamineWorkbook.from_filelike(BytesIO(book))
    told = str([row for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python()])
    assert m.GMV.definition in told and "Asia/Shanghai" in told


def test_an_export_has_the_rows_that_the_desk_leaves_out(plume, ecommerce, framed):
    entries = [sale(f"3{n}", 8, 100 + n, "d", product=f"P{n}") for n in range(20)]
    post_entries(actor=None, shop=plume, file=ImportedFile("p.csv", "3" * 64, "generic"), entries=entries)
    ship_all()
    asked, panel = framed(), ecommerce.panel("products")
    assert len(panels.breakdown(panel, asked).lines) == panels.SHOWN
    assert len(exports.table(ecommerce, panel, asked)[1]) == 22


def test_the_desk_answers_whole_and_in_part(plume, aque, client_of):
    browser = client_of(aque)
    whole = browser.get(f"/desk/ecommerce/?{WEEK}").content.decode()
    part = browser.get(
        f"/desk/ecommerce/?{WEEK}", headers={"HX-Request": "true", "HX-Target": "board"}
    ).content.decode()
    assert "¥900" in whole and "¥900" in part
    assert "<html" in whole and "<html" not in part
