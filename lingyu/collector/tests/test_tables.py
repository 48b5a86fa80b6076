"""Tables of events: columns found by their names, bad rows told, the same file again is nothing new."""

from datetime import UTC, datetime

import pytest
import xlsxwriter

from lingyu.collector.tables import Unreadable, read_lines, read_table, send
from lingyu.kernel.facts import Key, read
from lingyu.store.inbox import Inbox, Writer
from lingyu.store.intake.files import open_table
from lingyu.store.intake.reader import Rules
from lingyu.store.log import Compactor, Log, LogSequences

pytestmark = pytest.mark.django_db
RULES = Rules(now=datetime(2026, 4, 1, tzinfo=UTC))


def table(path, mapping=None):
    """The entries of a table and what could not be taken."""
    errors = []
    with open_table(path) as opened:
        return list(read_table(opened, mapping, rules=RULES, errors=errors)), errors


def lines(path, mapping=None):
    """The same of JSON lines."""
    errors = []
    return list(read_lines(path, mapping, rules=RULES, errors=errors)), errors


def test_columns_are_found_by_their_names_and_the_others_are_properties(tmp_path):
    path = tmp_path / "events.csv"
    path.write_bytes(
        "事件,时间,用户ID,金额,城市\n下单,2026-03-02 12:00:00,u1,12.5,杭州\n浏览,2026/3/2 8:30,u2,,\n".encode(
            "gbk"
        )
    )
    (order, view), errors = table(path)
    assert errors == []
    assert order[1:] == (
        "下单",
        datetime(2026, 3, 2, 4, tzinfo=UTC),
        "u1",
        None,
        None,
        {"金额": 12.5, "城市": "杭州"},
    )
    assert view.properties == {}


@pytest.mark.parametrize(
    "written", ["1772424000", "1772424000000", "1772424000.0", "2026-03-02T04:00:00Z", "20260302120000"]
)
def test_a_moment_is_read_however_it_is_written(tmp_path, written):
    path = tmp_path / "events.csv"
    path.write_text(f"event,timestamp,user_id\nview,{written},u1\n")
    (entry,), errors = table(path)
    assert (entry.at, errors) == (datetime(2026, 3, 2, 4, tzinfo=UTC), [])


def test_a_workbook_is_a_table_too(tmp_path):
    path = tmp_path / "events.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [["event", "time", "person", "page"], ["view", "2026-03-02 12:00", "u1", "/a"]]
        ):
            sheet.write_row(number, 0, row)
    (entry,), errors = table(path)
    assert (entry.name, entry.properties, errors) == ("view", {"page": "/a"}, [])


def test_rows_that_cannot_be_taken_are_told_with_row_and_column(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        "event,time,person\nview,yesterday,u1\n,2026-03-02,u2\nview,2026-03-02,u3\nview,2031-01-01,u4\n"
    )
    (entry,), errors = table(path)
    assert entry.person == "u3"
    assert [(e.row, e.column, e.reason) for e in errors] == [
        (2, "time", "not_a_date"),
        (3, "event", "blank"),
        (5, "time", "in_future"),
    ]


def test_a_table_that_says_not_who_is_refused(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("event,time,colour\nview,2026-03-02,red\n")
    with pytest.raises(Unreadable) as caught:
        table(path)
    assert caught.value.code == "missing_columns"
    (entry,), _ = table(path, {"name": "event", "at": "time", "person": "colour"})
    assert entry.person == "red"


def test_json_lines_are_read_with_their_nested_properties(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text(
        '{"event":"order","timestamp":1772424000000,"distinct_id":"u1","properties":{"amount":3},"os":"iOS"}\n'
        '\n{"event":"order"\n["list"]\n{"event":"order","timestamp":"soon","distinct_id":"u1"}\n'
    )
    (entry,), errors = lines(path)
    assert entry.properties == {"amount": 3, "os": "iOS"}
    assert [(e.row, e.column, e.reason) for e in errors] == [
        (3, "", "not_json"),
        (4, "", "not_json"),
        (5, "timestamp", "not_a_date"),
    ]


def test_a_file_comes_in_once_and_equal_rows_of_it_are_each_an_event(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(
        "event,time,person,anonymous_id\n" + "view,2026-03-02 12:00,u1,\n" * 2 + "login,2026-03-03,u2,b1\n"
    )
    log, inbox = Log(tmp_path / "log"), Inbox(tmp_path / "inbox")
    writer = Writer(inbox).start()
    for expected in (3, 0):
        entries, _ = table(path)
        assert send(entries, writer, source="s1", file="events.csv") == 3
        assert Compactor(log, inbox).run().facts == expected
    writer.stop()
    seen = LogSequences(log)
    rows = seen.ask(
        f"SELECT event, count(*) FROM {seen.relation(set(), 0, 99_999)} GROUP BY event ORDER BY event"
    )
    assert rows == [("login", 1), ("view", 2)]


def test_an_id_of_the_files_own_decides_what_is_the_same(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("event,time,person,event_id\nview,2026-03-02,u1,7\n")
    second.write_text("event,time,person,event_id\nview,2026-03-02,u1,7\nview,2026-03-02,u1,8\n")
    inbox = Inbox(tmp_path / "inbox")
    writer = Writer(inbox).start()
    for path in (first, second):
        send(table(path)[0], writer, source="s1", file=path.name)
    facts = [fact for row in inbox.read() for fact in read(row).facts]
    writer.stop()
    assert len({fact.id for fact in facts}) == 2
    assert {fact.keys for fact in facts} == {(Key("user", "u1"),)}
