"""`lingyu analyse`: every kind of question from the command line, as a table, CSV and JSON."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from lingyu.kernel.questions import Question, question_from
from lingyu.store.explore.options import KINDS

pytestmark = pytest.mark.one_database

ROWS = """user_id,event,time,channel,amount
xi,see,2026-06-01 10:00,ad,
xi,pay,2026-06-01 10:05,,120
peng,see,2026-06-02 10:00,mail,
peng,pay,2026-06-09 10:00:01,,80
"""
ASKED = {
    "trend": ["--step", "pay where amount > 100", "--measure", "sum", "--property", "amount"],
    "funnel": ["--steps", "see,pay", "--within", "7d", "--exclude", "refund@1-2"],
    "retention": ["--start", "see", "--return", "pay", "--mode", "bounded", "--windows", "0,1-7"],
    "lifecycle": ["--grain", "week"],
    "stickiness": [],
    "survival": ["--silence", "5"],
    "paths": ["--before", "pay", "--depth", "2", "--gap", "1h"],
    "attribution": ["--conversion", "pay", "--touch", "see", "--models", "first,linear"],
    "segment": ["--condition", '{"is": "did", "step": {"event": "pay", "where": "amount > 100"}}'],
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "facts.csv"
    path.write_text(ROWS)
    return str(path)


@pytest.fixture
def analyse(capsys, file):
    def run(kind: str, *options: str, to: str = "json"):
        with translation.override("en"):
            call_command("analyse", kind, file, *options, "--format", to)
        return capsys.readouterr().out

    return run


def test_every_kind_can_be_asked_for():
    assert ASKED.keys() == KINDS.keys()
    assert KINDS.keys() <= {kind.__struct_config__.tag for kind in Question.__args__}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_answers_in_every_format(analyse, kind):
    found = json.loads(analyse(kind, *ASKED[kind]))
    assert found["kind"] == kind and found["rows"]
    # What was asked is in the answer, and can be asked again.
    assert question_from(found["question"])
    names = [column["name"] for column in found["columns"]]
    assert all(list(row) == names for row in found["rows"])
    lines = list(csv.reader(io.StringIO(analyse(kind, *ASKED[kind], to="csv"))))
    assert lines[0] == names and len(lines) == len(found["rows"]) + 1
    assert found["hash"][:12] in analyse(kind, *ASKED[kind], to="table").replace("\n", "").replace(" ", "")


def test_the_numbers_are_those_of_the_file(analyse):
    rows = json.loads(analyse("funnel", *ASKED["funnel"]))["rows"]
    assert [(row["label"], row["count"]) for row in rows] == [("see", 2), ("pay", 1)]
    assert rows[1]["median_seconds"] == 300
    retained = json.loads(analyse("retention", *ASKED["retention"]))["rows"]
    assert [(r["cohort"], r["size"], r["retained"]) for r in retained if r["n"] == 1] == [
        ("2026-06-01", 1, 0), ("2026-06-02", 1, 1), *((f"2026-06-0{n}", 0, None) for n in range(3, 10)),
    ]  # fmt: skip
    assert json.loads(analyse("trend", *ASKED["trend"]))["totals"]["value"] == 120
    assert json.loads(analyse("segment", *ASKED["segment"]))["rows"] == [{"person": "xi"}]


def test_days_people_columns_and_zone_are_chosen(analyse):
    chosen = ["--from", "2026-06-02", "--to", "2026-06-09", "--among", ASKED["segment"][1]]
    assert json.loads(analyse("trend", *chosen))["totals"]["value"] == 0
    assert json.loads(analyse("trend", "--from", "2026-06-02"))["totals"]["value"] == 2
    by_channel = analyse("trend", "--person", "channel", "--measure", "people", "--zone", "UTC", "--skip-bad")
    assert json.loads(by_channel)["zone"] == "UTC"
    assert json.loads(by_channel)["totals"]["value"] == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["funnel"], "steps: 0 is out of bounds"),
        (["funnel", "--steps", "a,b", "--within", "soon"], "within: “soon” is no length of time"),
        (["funnel", "--steps", "a,b", "--order", "wild"], "order: Invalid enum value 'wild'"),
        (["funnel", "--step", "a where b >", "--step", "c"], "Filter: expected"),
        (["retention", "--windows", "a-b", "--mode", "bounded"], "“a-b” is no span"),
        (["paths", "--after", "a", "--before", "b"], "not both"),
        (["trend", "--from", "soon"], "from: “soon” is not a day"),
        (["trend", "--from", "2026-07-01"], "ends .* before it starts"),
        (["trend", "--zone", "Mars/Olympus"], "no time zone “Mars/Olympus”"),
        (["segment", "--condition", "{"], "condition: Input data was truncated"),
        (["trend", "--among", '{"is": "saved", "name": "x"}'], "no segment “x” is saved"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(analyse, options, said):
    with pytest.raises(CommandError, match=said) as refused:
        analyse(*options)
    assert refused.value.returncode == 2
