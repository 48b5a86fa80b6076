"""Half a million real order lines: our numbers beside those of pandas, computed from the files alone.

The data lies beside the checkout (or where LINGYU_SHARED_DATA says); without it this is skipped.
"""

import os
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from lingyu.kernel.query import Query
from lingyu.operations.ecommerce.models import LedgerEntry
from lingyu.store.query import ask

DATA = (
    Path(os.environ.get("LINGYU_SHARED_DATA") or Path(__file__).parents[5] / "shared" / "data")
    / "online_retail"
)
FILES = sorted(DATA.glob("*.csv.gz"))
NET = 974_774_793

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason=f"no order files in {DATA}"),
]


@pytest.fixture
def lines():
    """The files' lines as pandas reads them, with the amount of each in pence, and its day."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.concat(
        (pandas.read_csv(f, dtype=str, keep_default_na=False) for f in FILES), ignore_index=True
    )
    frame["quantity"] = frame["Quantity"].astype(int)
    exact = [
        Decimal(q) * Decimal(p) * 100 for q, p in zip(frame["Quantity"], frame["UnitPrice"], strict=True)
    ]
    frame["amount"] = [int(a.to_integral_value(ROUND_HALF_EVEN)) for a in exact]
    frame["day"] = pandas.to_datetime(frame["InvoiceDate"]).dt.date
    frame["back"] = (frame["amount"] < 0) | (frame["quantity"] < 0)
    return frame


@pytest.fixture
def imported(lingyu_import):
    """All files imported, twice."""
    for _turn in range(2):
        said = lingyu_import("orders", *FILES, "--shop", "Online Retail", "--format", "generic")
        assert said.code == 0, said.err
    assert LedgerEntry.objects.count() == 541_909


def total(metric, **asked):
    return ask(Query(metric=metric, **asked)).total


def test_every_number_is_what_pandas_computes(imported, lines):
    paid, back = lines[~lines.back], lines[lines.back]
    charged = paid[paid.amount > 0]
    buyers = charged[charged.CustomerID != ""].CustomerID.nunique()
    assert int(lines.amount.sum()) == NET
    assert LedgerEntry.objects.net() == NET
    assert total("net_gmv") == NET == total("net_gmv_by_pay_day")
    assert total("gmv") == paid.amount.sum()
    assert total("refund_amount") == -back.amount.sum()
    assert total("paid_orders") == charged.InvoiceNo.nunique()
    assert total("paying_buyers") == buyers
    assert total("items_sold") == paid.quantity.sum()
    assert total("refunded_orders") == back[back.amount < 0].InvoiceNo.nunique()
    assert total("aov") == Fraction(int(paid.amount.sum()), charged.InvoiceNo.nunique())
    assert total("revenue_per_buyer") == Fraction(int(paid.amount.sum()), buyers)

    days = {r.time: r.value for r in ask(Query(metric="gmv", grain="day")).rows}
    expected = {d: int(v) for d, v in paid.groupby("day").amount.sum().items()}
    assert {d: v for d, v in days.items() if v or d in expected} == expected
    months = ask(Query(metric="paying_buyers", grain="month")).rows
    by_month = charged[charged.CustomerID != ""].groupby(charged.day.map(lambda d: d.replace(day=1)))
    assert [r.value for r in months] == list(by_month.CustomerID.nunique())
    countries = {r.dims[0]: r.value for r in ask(Query(metric="gmv", by=("country",))).rows}
    assert {c: v for c, v in countries.items() if v} == {
        c: int(v) for c, v in paid.groupby("Country").amount.sum().items() if v
    }
    assert min(days) == date(2010, 12, 1)
