"""The pages of the rulebook, as who keeps the pact uses them, and shut to everybody else."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.pact import engine
from lingyu.community.rulebook import actions, excerpts
from lingyu.community.rulebook.limits import LIMITS
from lingyu.community.rulebook.models import RuleChange, Specimen
from lingyu.community.rulebook.proportions import fewest, wilson

from .conftest import tried

TYPED = {"title": "加一词", "why": "近日多见。", "bank": "site", "score": "0.9", "act": "review"}


@pytest.mark.parametrize("who", ["luren", "dapeng", "aque"])
def test_nobody_but_who_keeps_the_pact_sees_it(who, request, client_of):
    member = request.getfixturevalue(who)
    assert client_of(member).get("/rulebook/").status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_whole_way_by_pages(client_of, laoban, say, language, monkeypatch):
    for n in range(10):
        say(f"讨厌鬼，第{n}回")
    browser = client_of(laoban, language)
    assert browser.get("/rulebook/").status_code == 200
    page = browser.post("/rulebook/new/", TYPED | {"term-0": "讨厌鬼", "clause-0": "2.6"}, follow=True)
    change = RuleChange.objects.get()
    assert page.redirect_chain[-1][0] == "/rulebook/1/"
    tried()
    head = {"headers": {"hx-request": "true"}}
    assert "10 " in browser.get("/rulebook/1/progress/", **head).text
    listed = browser.get("/rulebook/1/differences/?clause=2.6").text
    assert listed.count("<mark>讨厌鬼</mark>") == 10
    assert "路人" in browser.get("/rulebook/1/people/").text
    sizes = {"block": 0, "review": 60, "lost": 0, "seed": 5}
    assert browser.post("/rulebook/1/draw/", sizes).headers["location"] == "/rulebook/1/sample/"
    while specimen := Specimen.objects.filter(breaks__isnull=True).order_by("place").first():
        told = browser.post("/rulebook/1/sample/", {"specimen": specimen.id, "answer": "breaks"}, **head)
        assert 'id="specimen"' in told.text and "<html" not in told.text
    browser.post(
        "/rulebook/1/sample/", {"specimen": change.samples.get().specimens.first().id, "answer": "undo"}
    )
    assert Specimen.objects.filter(breaks__isnull=True).count() == 1
    actions.label(actor=laoban, specimen=Specimen.objects.get(breaks__isnull=True), breaks=True)
    # Two days are missing, and the page says so.
    browser.post("/rulebook/1/live/")
    assert RuleChange.objects.get().state == "trial"
    monkeypatch.setattr("lingyu.community.rulebook.readiness.LIMITS", _without_waiting())
    page = browser.post("/rulebook/1/live/", follow=True)
    assert RuleChange.objects.get().state == "live", page.text
    engine.ENGINE.catch_up()
    say("讨厌鬼，又一回")
    board = browser.get("/rulebook/in-force/").text
    assert "bank:site/讨厌鬼" in board and engine.screener().versions["edition"] in board
    assert browser.get("/rulebook/1/roll-back/").status_code == 200
    browser.post("/rulebook/1/roll-back/", {"why": "误伤。"})
    assert RuleChange.objects.get().state == "rolled_back"
    assert browser.get("/rulebook/1/undo/").status_code == 200
    assert browser.post("/rulebook/1/undo/", follow=True).status_code == 200
    assert RuleChange.objects.get().moved("inverting").by == laoban


def _without_waiting():
    from dataclasses import replace
    from datetime import timedelta

    return replace(LIMITS, shadow=timedelta(0))


def test_a_table_with_faults_is_shown_with_file_row_and_field_and_proposes_nothing(client_of, laoban):
    table = BytesIO("term\tclause\n讨厌鬼\t2.6\n烦人精\t77\n".encode())
    table.name = "词表.tsv"
    page = client_of(laoban).post("/rulebook/new/", TYPED | {"table": table}).text
    assert "词表.tsv" in page and "is no clause of the pact" in page
    assert not RuleChange.objects.exists()


def test_a_file_that_is_no_model_is_refused(client_of, laoban):
    model = BytesIO(b"\x80\x04pickle")
    model.name = "evil.bin"
    page = client_of(laoban).post("/rulebook/new/", TYPED | {"model": model}).text
    assert "this is no model" in page
    assert not RuleChange.objects.exists()


def test_the_sample_does_not_tell_what_the_change_says(client_of, laoban, proposed, say):
    for n in range(8):
        say(f"讨厌鬼，第{n}回")
    change = proposed("讨厌鬼")
    tried()
    actions.draw(actor=laoban, change=change, seed=1)
    page = client_of(laoban).get("/rulebook/1/sample/").text
    assert "New hit" not in page and "<mark>讨厌鬼</mark>" in page


def test_the_page_of_a_change_says_all_that_it_changes(client_of, laoban, proposed, say):
    say("讨厌鬼一个")
    more = {
        "rules": [{"rule": "links", "clause": "3.4", "least": 2.0}],
        "limits": {"2.6": {"review": 0.4, "block": 0.95}},
        "withdrawn": [["笨猪", "2.6"]],
        "allowed": ["讨厌鬼先生"],
    }
    proposed("讨厌鬼", **more)
    tried()
    page = client_of(laoban).get("/rulebook/1/").text
    for words in ("讨厌鬼先生", "笨猪 · 2.6", "links", "0.95", "would be decided wrongly"):
        assert words in page


def test_no_more_changes_are_on_trial_than_the_machine_is_meant_to_bear(proposed):
    for n in range(LIMITS.at_once):
        proposed(f"讨厌鬼{n}号")
    with pytest.raises(ValidationError, match="on trial"):
        proposed("再来一个")


def test_the_shadow_costs_the_writer_nothing(proposed, say):
    say("头一回")
    before = _queries(lambda: say("没有事情"))
    proposed("讨厌鬼")
    assert _queries(lambda: say("没有事情，真的")) <= before


def _queries(run):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        run()
    return len(asked)


def test_marks_are_cut_to_what_stands_around_them():
    text = "前" * 200 + "坏话" + "后" * 200
    pieces = excerpts.excerpt(text, [(200, 202), (201, 202)])
    assert [p for p in pieces if p[1]] == [("坏话", True)]
    assert "".join(p for p, _m in pieces) == "…" + "前" * 60 + "坏话" + "后" * 60 + "…"
    assert excerpts.excerpt("短", [(5, 9)]) == [("短", False)]


def test_wilson_is_as_it_was_worked_out_by_hand():
    # Newcombe 1998, table I: 81 of 263, and 0 of 20.
    assert [round(x, 4) for x in (wilson(81, 263).low, wilson(81, 263).high)] == [0.2553, 0.3662]
    assert [round(x, 4) for x in (wilson(0, 20).low, wilson(0, 20).high)] == [0.0, 0.1611]
    assert wilson(fewest(0.98), fewest(0.98)).low >= 0.98 > wilson(fewest(0.98) - 1, fewest(0.98) - 1).low
