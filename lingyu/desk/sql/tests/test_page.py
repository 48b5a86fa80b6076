"""The SQL page and command: asked, drawn, taken along, saved; what is wrong is told with its place."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lingyu.desk import events
from lingyu.desk.sql import showing
from lingyu.desk.sql.models import SavedQuery
from lingyu.kernel.access import ROLES
from lingyu.store.log.sandbox import Table

HERE = "/desk/content/sql/"
DAILY = "SELECT day, count(DISTINCT person) AS people FROM events WHERE NOT bot GROUP BY day ORDER BY day"


def test_an_answer_is_a_table_and_of_two_columns_a_chart_too(aque, client_of, shop, facts):
    page = client_of(aque).post(HERE, {"text": DAILY, "do": "ask"}).content.decode()
    assert "data-chart" in page
    assert "2026-03-04" in page
    page = client_of(aque).post(HERE, {"text": "SELECT 1 AS a, 2 AS b, 3 AS c"}).content.decode()
    assert "data-chart" not in page
    assert [f.rows for f in facts(events.SqlAsked)] == [3, 1]
    assert "SELECT" not in str(facts(events.SqlAsked)), "what was asked may name people"


def test_a_mistake_is_told_in_words_with_line_and_column(aque, client_of, shop):
    page = client_of(aque).post(HERE, {"text": "SELECT day\nFROM event"}).content.decode()
    assert "Line 2, column 6" in page
    assert "There is no table “event”" in page
    page = client_of(aque).post(HERE, {"text": "SELECT * FROM read_csv('/etc/passwd')"}).content.decode()
    assert "root:" not in page


def test_the_answer_is_taken_along_by_who_may(aque, luren, client_of, shop):
    answer = client_of(aque).post(
        f"{HERE}take.csv", {"text": "SELECT event, '=1+1' AS x FROM events WHERE event = 'bought' LIMIT 1"}
    )
    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1] == "bought,'=1+1"
    answer = client_of(aque).post(f"{HERE}take.xlsx", {"text": DAILY})
    assert answer.content.startswith(b"PK")
    assert client_of(aque).post(f"{HERE}take.csv", {"text": "DROP VIEW events"}).status_code == 400
    assert client_of(luren).post(f"{HERE}take.csv", {"text": DAILY}).status_code == 403


def test_asking_in_sql_is_a_permission_of_its_own():
    assert [code for code, role in ROLES.items() if "sql.ask" in role.permissions] == [
        "operator",
        "administrator",
    ]


def test_a_query_is_saved_opened_and_deleted(aque, client_of, shop):
    browser = client_of(aque)
    page = browser.post(
        HERE, {"text": DAILY, "title": "Daily people", "do": "save"}, follow=True
    ).content.decode()
    assert "Daily people" in page
    assert "count(DISTINCT person)" in page
    assert (
        "Give the query a title"
        in browser.post(HERE, {"text": "x", "do": "save"}, follow=True).content.decode()
    )
    browser.post(f"{HERE}queries/{SavedQuery.objects.get().pk}/delete")
    assert not SavedQuery.objects.kept().exists()


@pytest.mark.parametrize(
    ("columns", "rows", "kind"),
    [
        ([("day", "DATE"), ("n", "BIGINT")], [], None),
        ([("a", "VARCHAR"), ("n", "BIGINT")], [("x", 1), ("y", 2)], "bar"),
        ([("a", "VARCHAR"), ("n", "VARCHAR")], [("x", "1"), ("y", "2")], None),
        ([("a", "VARCHAR"), ("n", "BIGINT[]")], [("x", [1]), ("y", [2])], None),
    ],
)
def test_a_chart_is_drawn_of_a_name_and_a_number(columns, rows, kind):
    drawn = showing.chart(Table(columns, rows, False, 0.0))
    assert (drawn and drawn["type"]) == kind


def test_the_command_asks_the_same(shop):
    out = StringIO()
    call_command("sql", DAILY, "--format", "json", stdout=out)
    assert [row["people"] for row in json.loads(out.getvalue())] == [3, 2, 1]
    out = StringIO()
    call_command("sql", DAILY, "--format", "csv", stdout=out)
    assert out.getvalue().splitlines()[0] == "day,people"
    out = StringIO()
    call_command("sql", "--schema", stdout=out)
    assert out.getvalue().startswith("events(event VARCHAR")
    with pytest.raises(CommandError, match="line 1, column 15") as wrong:
        call_command("sql", "SELECT * FROM nowhere")
    assert wrong.value.returncode == 2
