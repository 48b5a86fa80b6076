"""Revenue: orders once each, refunds with their sign, in whole minor units where the source has them.

By one statement: the first telling of an order is found over all history, so that one told again in the
period is not new. Holds no attribution.
"""

from typing import Any

from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Caveat, Step
from lingyu.kernel.questions.days import day_of, units_between
from lingyu.kernel.questions.money import PAYMENTS, REFUNDS, Revenue
from lingyu.kernel.text import N_

from .expressions import as_number, as_text, columns_of, of_step, text
from .framing import answer, asked_days, columns
from .groups import members
from .sequences import Sequences

_SUMS = ("orders", "gross", "refunds", "net", "told_again")
_BUCKETS = {
    "day": "day",
    "week": "day - (day + 3) % 7",
    "month": "(date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER",
}


def revenue(asked: Revenue, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer about revenue; one row a bucket and currency, every bucket of the period."""
    days = asked_days(asked, source)
    return revenue_answer(asked, source, days, _found(asked, source, *days, among) if days else {})


def revenue_answer(
    asked: Revenue, source: Sequences, days: tuple[int, int] | None, found: dict[tuple[int, str], list]
) -> Answer:
    """The answer out of the sums by (first day of the bucket, currency)."""
    heads = columns(
        time="day", currency="text", orders="whole", gross="whole", refunds="whole", net="whole",
        average="number", told_again="whole",
    )  # fmt: skip
    if days is None:
        return answer(asked, source, heads, [], {"currencies": []})
    currencies = sorted({currency for _, currency in found}) or [""]
    rows = [
        _row(day_of(max(unit, days[0])).isoformat(), currency, found.get((unit, currency)))
        for currency in currencies
        for unit in units_between(*days, asked.grain)
    ]
    totals = [
        _row(None, currency, [sum(v[n] for (_, c), v in found.items() if c == currency) for n in range(5)])
        for currency in currencies
    ]
    told = sum(total["told_again"] for total in totals)
    return answer(asked, source, heads, rows, {"currencies": totals}, _caveats(told))


def _found(
    asked: Revenue, source: Sequences, first: int, last: int, among: BitMap | None
) -> dict[tuple[int, str], list]:
    """The sums by (bucket, currency)."""
    paid, back = _step(asked.paid, source, PAYMENTS), _step(asked.refunded, source, REFUNDS)
    chosen, tables = members(among)
    amount, order = _amount(source), as_text(source, "order_ref")
    steps = [step for step in (asked.paid, asked.refunded) if step]
    needed = {"event", "person", "time", "day", "source"}.union(*(columns_of(source, s.where) for s in steps))
    needed |= {source.property(name).column for name in ("order_ref", "currency", "amount")}
    sql = f"""
        WITH told AS (
            SELECT source, event, time, day, {order} AS number,
                coalesce({as_text(source, "currency")}, '') AS currency,
                CASE WHEN {back} THEN -abs({amount}) ELSE {amount} END AS sum
            FROM {source.relation(needed, source.first_day, last)} AS facts
            WHERE {amount} IS NOT NULL {chosen}
                AND ({paid} OR {back} OR ({amount} < 0 AND {order} IS NOT NULL))
        ), counted AS (
            SELECT *, CASE WHEN sum < 0 OR number IS NULL THEN 1 ELSE row_number() OVER (
                PARTITION BY source, number, sum < 0 ORDER BY time, event) END AS nth FROM told
        )
        SELECT {_BUCKETS[asked.grain]} AS bucket, currency,
            count(*) FILTER (sum >= 0 AND nth = 1), coalesce(sum(sum) FILTER (sum >= 0 AND nth = 1), 0),
            coalesce(-sum(sum) FILTER (sum < 0), 0), coalesce(sum(sum) FILTER (nth = 1), 0),
            count(*) FILTER (nth > 1)
        FROM counted WHERE day BETWEEN {first} AND {last} GROUP BY bucket, currency
    """
    return {
        (bucket, currency): [int(v) for v in sums] for bucket, currency, *sums in source.ask(sql, **tables)
    }


def _step(asked: Step | None, source: Sequences, names: tuple[str, ...]) -> str:
    """Which events are meant; by default those that tools call so, and what carries an order's sum."""
    if asked is not None:
        return of_step(source, asked)
    known = [name for name in names if name in source.names]
    if known:
        return f"event IN ({', '.join(map(text, known))})"
    return "FALSE" if names is REFUNDS else "TRUE"


def _amount(source: Sequences) -> str:
    """A sum in whole minor units: as the log has it, or hundredths of what a file says."""
    if getattr(source, "minor_units", False):
        return f"{source.property('amount').sql}::BIGINT"
    return f"round({as_number(source, 'amount')} * 100)::BIGINT"


def _row(time: str | None, currency: str, sums: list | None) -> dict[str, Any]:
    told = dict(zip(_SUMS, sums or [0] * 5, strict=True))
    average = told["gross"] / told["orders"] if told["orders"] else None
    head = {} if time is None else {"time": time}
    return head | {
        "currency": currency,
        "orders": told["orders"],
        "gross": told["gross"],
        "refunds": told["refunds"],
        "net": told["net"],
        "average": average,
        "told_again": told["told_again"],
    }


def _caveats(told: int) -> list[Caveat]:
    if not told:
        return []
    return [
        Caveat("told_again", N_("%(count)s events tell of an order again; it counts once."), {"count": told})
    ]
