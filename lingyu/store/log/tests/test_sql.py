"""SQL by people: what can be read, what every attempt to break out gets, and how mistakes are told."""

import pytest

from lingyu.kernel.facts import Link
from lingyu.store.engines.base import EngineError
from lingyu.store.log import sandbox
from lingyu.store.log.sandbox import SqlError

from .making import IDENTIFY, browser, days, fact, hours, user


@pytest.fixture
def seen(shop):
    """安 looked around, signed in and bought; a machine looked too."""
    shop.take(
        fact("looked", browser("b1"), url="https://shop.example/tea?x=1", colour="red"),
        fact("identify", user("an"), browser("b1"), at=hours(1), link=IDENTIFY, kind="link"),
        fact("bought", user("an"), at=hours(2), order_id="o1", revenue=12.5, currency="CNY"),
        fact("looked", user("an"), at=days(1)),
        fact("looked", browser("crawler"), bot=True),
        fact("set", user("an"), kind="profile", change="set", level=3),
    )
    return shop.see()


def rows(text: str, seen, **limits) -> list[tuple]:
    """What a statement answers."""
    return sandbox.ask(text, seen, **limits).rows


def test_events_are_of_the_person_that_they_turned_out_to_be_with_the_days_of_the_site(seen):
    found = rows(
        "SELECT event, count(*), count(DISTINCT person) FROM events WHERE NOT bot GROUP BY 1 ORDER BY 1", seen
    )
    assert found == [("bought", 1, 1), ("looked", 2, 1)]
    assert rows("SELECT count(*) FROM events WHERE bot", seen) == [(1,)]
    assert [str(d) for (d,) in rows("SELECT DISTINCT day FROM events ORDER BY 1", seen)] == [
        "2026-03-02",
        "2026-03-03",
    ]
    assert rows("SELECT path, props.colour::VARCHAR FROM events WHERE path IS NOT NULL", seen) == [
        ("/tea", "red")
    ]


def test_people_sessions_and_orders_can_be_read(seen):
    assert rows("SELECT names, traits->>'level' FROM people WHERE len(names) = 2", seen) == [
        (["an", "b1"], "3")
    ]
    assert rows("SELECT count(*), sum(events) FROM sessions", seen) == [(3, 3)]
    assert rows("SELECT order_ref, amount, currency, event FROM orders", seen) == [
        ("o1", 1250, "CNY", "bought")
    ]


def test_every_column_that_is_promised_is_there(seen):
    for table, columns in sandbox.SCHEMA.items():
        found = sandbox.ask(f"SELECT * FROM {table}", seen)
        assert dict(found.columns).keys() == columns.keys(), table
        assert {n: t for n, t in found.columns if t != "TIMESTAMP"}.items() >= {
            (n, t) for n, t in columns.items() if not t.startswith("TIMESTAMP")
        }


BREAKS = [
    "COPY (SELECT 1) TO '/tmp/out.csv'",
    "COPY events TO 'x.parquet'",
    "ATTACH '/tmp/other.db'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    'SELECT * FROM "/etc/passwd"',
    "SELECT * FROM read_parquet('*.parquet')",
    "SELECT * FROM glob('/etc/*')",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "SET memory_limit = '100GB'",
    "RESET lock_configuration",
    "SELECT getenv('HOME')",
    "SELECT current_setting('allowed_paths')",
    "SELECT * FROM duckdb_settings()",
    "SELECT sql FROM duckdb_views()",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_settings",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM facts",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP VIEW events",
    "CREATE TABLE t AS SELECT 1",
    "DROP VIEW events",
    "INSERT INTO events SELECT * FROM events",
    "UPDATE events SET event = ''",
    "DELETE FROM events",
    "EXPORT DATABASE '/tmp/out'",
    "CALL pragma_version()",
    "SHOW TABLES",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('events')",
    "WITH \"/etc/passwd\" AS (SELECT 1) SELECT * FROM read_csv('/etc/passwd')",
    "SELECT (SELECT count(*) FROM read_csv('/etc/passwd'))",
    "SELECT * FROM events WHERE event IN (FROM read_text('/etc/passwd') SELECT content)",
    "FROM parquet_metadata('x')",
    "SELECT write_log('x')",
    "EXPLAIN SELECT 1",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("text", BREAKS)
def test_nothing_but_one_select_over_the_tables_is_taken(text, seen, tmp_path):
    before = sorted(p for p in tmp_path.rglob("*") if p.is_file())
    with pytest.raises(SqlError):
        sandbox.ask(text, seen)
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == before


@pytest.mark.parametrize(
    "text",
    [
        text
        for text in BREAKS
        if "passwd" in text or text.startswith(("COPY", "ATT", "SET", "INS", "LOAD", "RES", "EXPO"))
    ],
)
def test_the_second_lock_holds_when_the_first_one_is_open(text, seen, monkeypatch):
    monkeypatch.setattr(sandbox.guarding, "checked", lambda db, text, tables: set(tables))
    with pytest.raises(SqlError):
        sandbox.ask(text, seen)


def test_what_is_too_long_too_much_or_too_large_is_stopped(seen):
    found = sandbox.ask("SELECT * FROM range(20000)", seen)
    assert (len(found.rows), found.cut) == (10_000, True)
    assert not sandbox.ask("SELECT * FROM range(10000)", seen).cut
    assert sandbox.ask("SELECT * FROM range(1000000000000)", seen).cut
    with pytest.raises(EngineError, match="stopped"):
        rows("SELECT count(*) FROM range(100000000000) a WHERE a.range % 7 = 3", seen, seconds=0.2)
    with pytest.raises(EngineError, match="memory"):
        rows("SELECT list(range) FROM range(1000000000)", seen)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("SELECT evnt\nFROM events", 1, 8, "evnt"),
        ("SELECT event\nFROM events\nWHERE nothing = 1", 3, 7, "nothing"),
        ("SELECT\n  FROM WHERE", 2, 8, "syntax error"),
        ("SELECT 1\nFROM nowhere", 2, 6, "nowhere"),
        ("SELECT 1,\n  getenv('x')", 2, 3, "getenv"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, line, column, said, seen):
    with pytest.raises(SqlError, match=said) as wrong:
        sandbox.ask(text, seen)
    assert (wrong.value.line, wrong.value.column) == (line, column)


def test_an_empty_log_has_its_tables_too(shop):
    for table in sandbox.SCHEMA:
        assert rows(f"SELECT * FROM {table}", shop.see()) == []


def test_who_was_parted_is_two_again(shop):
    shop.take(
        fact("looked", browser("b1")), fact("identify", user("an"), browser("b1"), link=IDENTIFY, kind="link")
    )
    assert rows("SELECT count(*) FROM people", shop.see()) == [(1,)]
    from lingyu.kernel.facts import Key

    shop.take(fact("part", user("an"), link=Link("part", other=Key("anonymous", "b1")), kind="link"))
    assert rows("SELECT count(*) FROM people", shop.see()) == [(2,)]
