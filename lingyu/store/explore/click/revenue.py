"""Revenue in ClickHouse: orders once each, refunds with their sign, in whole minor units.

No float comes near money: sums are those of the column `amount`, an Int64. Holds no attribution.
"""

from lingyu.kernel.questions import Answer, Step
from lingyu.kernel.questions.money import PAYMENTS, REFUNDS, Revenue

from ...engines.click.sql import literal
from ..framing import asked_days
from ..revenue import revenue_answer
from .expressions import of_step
from .source import ClickFacts
from .table import FACTS, facts
from .units import begins


def revenue(asked: Revenue, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer about revenue; one row a bucket and currency."""
    days = asked_days(asked, source)
    if days is None:
        return revenue_answer(asked, source, None, {})
    rows = source.ask(_statement(asked, source, *days, chosen))
    return revenue_answer(asked, source, days, {(at, currency): sums for at, currency, *sums in rows})


def _statement(asked: Revenue, source: ClickFacts, first: int, last: int, chosen: str) -> str:
    """(bucket, currency, orders, gross, refunds, net, told again)."""
    paid, back = _step(asked.paid, source, PAYMENTS), _step(asked.refunded, source, REFUNDS)
    told = (
        "SELECT source, event, ms, day, order_ref AS number, ifNull(currency, '') AS money, "
        f"if({back}, -abs(assumeNotNull(amount)), assumeNotNull(amount)) AS total "
        f"FROM {facts(source.first_day, last, nobody=True)} WHERE isNotNull(amount) {chosen} "
        f"AND ({paid} OR {back} OR (amount < 0 AND isNotNull(order_ref)))"
    )
    counted = (
        "SELECT *, if(total < 0 OR isNull(number), 1, row_number() OVER "
        f"(PARTITION BY source, number, total < 0 ORDER BY ms, event)) AS nth FROM ({told})"
    )
    return (
        f"SELECT {begins('day', asked.grain)} AS bucket, money, countIf(total >= 0 AND nth = 1), "
        "sumIf(total, total >= 0 AND nth = 1), -sumIf(total, total < 0), sumIf(total, nth = 1), "
        f"countIf(nth > 1) FROM ({counted}) WHERE day BETWEEN {first} AND {last} GROUP BY bucket, money"
    )


def _step(asked: Step | None, source: ClickFacts, names: tuple[str, ...]) -> str:
    """Which events are meant; by default those that tools call so, as far as there are any."""
    if asked is not None:
        return of_step(asked)
    listed = ", ".join(map(literal, names))
    known = source.ask(f"SELECT DISTINCT toString(event) FROM {FACTS} WHERE event IN ({listed})")
    if known:
        return f"event IN ({', '.join(literal(name) for (name,) in known)})"
    return "0" if names is REFUNDS else "1"
