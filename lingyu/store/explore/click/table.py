"""The tables in ClickHouse: facts by day, who is whom, and what was sent.

Facts have the number of the name that came with them, as in the log; `log_joins` makes people of them when it
is read. A property is kept as what DuckDB reads in it, as text, number and flag: so no engine has to agree
with another about how 5.0, 1e20 or a list is written. Holds statements, no question.
"""

from ...engines.click.sql import literal
from ...log.columns import TEXTS

FACTS, JOINS, DAYS, STATE = "log_facts", "log_joins", "log_days", "log_state"
INCOMING = "_incoming"

_READ = "Tuple(text String, number Nullable(Float64), flag Nullable(Bool))"
COLUMNS = {
    "event": "LowCardinality(String)",
    "person": "UInt32",
    "time": "DateTime64(3, 'UTC')",
    "day": "Int32",
    "source": "LowCardinality(String)",
    "bot": "Bool",
    **dict.fromkeys(TEXTS, "Nullable(String)"),
    "amount": "Nullable(Int64)",
    "props": f"Map(LowCardinality(String), {_READ})",
}
_DURABLE = "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1"
# Joins keep nulls, an alias hides no column, and no question runs for ever.
QUESTION = "SETTINGS join_use_nulls = 1, prefer_column_name_to_alias = 1, max_execution_time = 120"


def create() -> list[str]:
    """The statements that make what is not there yet. A day is a partition: it is replaced as a whole."""
    facts = ", ".join(f"`{name}` {kind}" for name, kind in COLUMNS.items())
    made = []
    for suffix in ("", INCOMING):
        made += [
            f"CREATE TABLE IF NOT EXISTS {FACTS}{suffix} ({facts}) ENGINE = MergeTree "
            f"PARTITION BY day ORDER BY (event, day, person, time) {_DURABLE}",
            f"CREATE TABLE IF NOT EXISTS {JOINS}{suffix} (child UInt32, root UInt32) "
            f"ENGINE = MergeTree ORDER BY child {_DURABLE}",
        ]
    return [
        *made,
        f"CREATE TABLE IF NOT EXISTS {DAYS} (day Int32, files String, sent UInt64) "
        f"ENGINE = ReplacingMergeTree(sent) ORDER BY day {_DURABLE}",
        f"CREATE TABLE IF NOT EXISTS {STATE} "
        "(one UInt8, zone String, joins Int64, freshness Int64, sent UInt64) "
        f"ENGINE = ReplacingMergeTree(sent) ORDER BY one {_DURABLE}",
    ]


def facts(first: int, last: int, events: set[str] | None = None, *, nobody: bool = False) -> str:
    """To stand after FROM: facts of these days (None: of whatever event) with their person and `ms`.

    `nobody`: also those that are about no person, whose number is nought. Machines' facts never.
    """
    named = "" if events is None else f"AND f.event IN ({', '.join(map(literal, sorted(events)))})"
    others = ", ".join(f"f.`{name}` AS `{name}`" for name in COLUMNS if name not in ("person", "time"))
    return (
        f"(SELECT ifNull(j.root, f.person) AS person, toUnixTimestamp64Milli(f.time) AS ms, {others} "
        f"FROM {FACTS} AS f ANY LEFT JOIN {JOINS} AS j ON j.child = f.person "
        f"WHERE f.day BETWEEN {first:d} AND {last:d} AND NOT f.bot {'' if nobody else 'AND f.person > 0'} "
        f"{named})"
    )
