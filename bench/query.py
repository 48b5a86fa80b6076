"""Numbers out: the desk's questions at a million orders, beside the same numbers by hand.

Run it with `python -m bench.query`; it uses the data folder that `bench.desk` makes. Each question
goes through `ask_all()` with nothing kept from before. The peer is DuckDB SQL written by hand over
one big Parquet file of the same facts, sorted as well; the limit the same SQL over a table in
memory that holds only the columns needed. The numbers must be equal.
"""

import os
from datetime import date, timedelta
from pathlib import Path

import duckdb

from ._printing import Spent, best
from .desk import HOME, ORDERS, _prepare

MONEY = "sum(amount)"
PAYING = "FILTER (WHERE amount > 0)"
TILES = f'{MONEY}, count(DISTINCT "order") {PAYING}, count(DISTINCT person) {PAYING}'
LOCAL = "timezone('Asia/Shanghai', occurred_at)"
COLUMNS = 'name, occurred_at, person, "order", amount, shop, product, country'
QUESTIONS = {
    # name: (metrics, days back, arguments of the query, SQL select, SQL tail)
    "tiles of 30 days": (("gmv", "paid_orders", "paying_buyers"), 30, {}, TILES, ""),
    "tiles of a year": (("gmv", "paid_orders", "paying_buyers"), 365, {}, TILES, ""),
    "trend by day of a year": (
        ("gmv", "paid_orders", "paying_buyers"), 365, {"grain": "day"},
        f"{LOCAL}::DATE, {TILES}", "GROUP BY 1 ORDER BY 1",
    ),
    "by shop, 30 days": (
        ("gmv", "paid_orders", "paying_buyers"), 30, {"by": ("shop",)},
        f"shop, {TILES}", "GROUP BY 1 ORDER BY 1",
    ),
    "by product, a year": (("gmv",), 365, {"by": ("product",)}, f"product, {MONEY}", "GROUP BY 1 ORDER BY 1"),
    "one province, a year": (
        ("gmv",), 365, {"where": "country = 'province 7'"},
        MONEY, "AND country = 'province 7'",
    ),
}  # fmt: skip


def main() -> None:
    """Prepare once, then measure and print."""
    os.environ.update(LINGYU_HOME=str(HOME), DJANGO_SETTINGS_MODULE="lingyu.config.settings", DATABASE_URL="")
    HOME.mkdir(parents=True, exist_ok=True)
    if not (HOME / "ready").exists():
        _prepare()
    import django

    django.setup()
    from lingyu.store.engines import engine

    last = engine().extent(["ecommerce.order_line_paid"])[1].date()
    db = duckdb.connect(config={"memory_limit": "3GB"})
    db.execute("SET TimeZone = 'UTC'")
    parquet = _one_file(db)
    db.execute(f"CREATE TABLE lines AS SELECT {COLUMNS} FROM {parquet}")
    print(f"\n{ORDERS:,} orders, {3 * ORDERS:,} lines; the best of 5: ms by the clock, ms of processor")
    print(f"{'':24}{'ask_all':^18}{'one file':^18}{'× cpu':>6}{'in memory':^18}{'× cpu':>6}")
    for name, question in QUESTIONS.items():
        ours, by_hand, in_memory = measure(db, parquet, last - timedelta(days=1), *question)
        line = f"{name:24}{_ms(ours)}{_ms(by_hand)}{ours.cpu / by_hand.cpu:6.2f}"
        print(f"{line}{_ms(in_memory)}{ours.cpu / in_memory.cpu:6.2f}")


def _ms(taken: Spent) -> str:
    return f"{taken.wall * 1e3:9.1f}{taken.cpu * 1e3:9.1f}"


def measure(db, parquet: str, last: date, metrics, days: int, rest: dict, select: str, tail: str) -> tuple:
    """The cost by `ask_all`, by hand over one file, and by hand over memory; the numbers compared first."""
    from lingyu.kernel.query import Period, Query
    from lingyu.store.query import answers, ask_all

    period = Period(last - timedelta(days=days - 1), last)
    queries = [Query(metric=metric, period=period, **rest) for metric in metrics]

    def ours() -> list:
        answers._kept.clear()
        return ask_all(queries)

    first, after = (
        f"timezone('Asia/Shanghai', TIMESTAMP '{day}')"
        for day in (period.start, period.end + timedelta(days=1))
    )

    def by_hand(source: str) -> list[tuple]:
        return db.execute(
            f"SELECT {select} FROM {source} WHERE name = 'ecommerce.order_line_paid' "
            f"AND occurred_at >= {first} AND occurred_at < {after} {tail}"
        ).fetchall()

    found = [[row.value for row in result.rows] for result in ours()]
    wanted = [list(column) for column in zip(*by_hand(parquet), strict=True)][-len(metrics) :]
    assert found == wanted, f"ask_all and SQL by hand differ: {found} {wanted}"
    return best(ours), best(lambda: by_hand(parquet)), best(lambda: by_hand("lines"))


def _one_file(db) -> str:
    """All facts of the store as one sorted Parquet file, and how SQL names it."""
    path = Path(HOME) / "one.parquet"
    if not path.exists():
        files = f"read_parquet('{HOME}/store/month=*/*.parquet', hive_partitioning=false)"
        db.execute(
            f"COPY (SELECT * FROM {files} ORDER BY name, occurred_at::DATE, person, occurred_at) "
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return f"'{path}'"


if __name__ == "__main__":
    main()
