"""The whole question is in the address: read, written, changed by buttons, wrong where it is wrong."""

from datetime import date

import pytest
from django.http import QueryDict

from lingyu.desk.explore import asking
from lingyu.desk.explore.kinds import KINDS
from lingyu.desk.explore.source import Known
from lingyu.desk.explore.ways import arguments
from lingyu.kernel.questions import canonical, definition_hash
from lingyu.store.explore.options import KINDS as OPTIONS
from lingyu.store.explore.options import period, question_of

from .conftest import WEEK, text_of

TODAY = date(2026, 3, 8)
ADDRESSES = [
    ("trend", "step=paid&measure=sum&property=price&by=channel&top=3&grain=week&step_where=price+>+3"),
    ("trend", "measure=p90&property=price&grain=hour"),
    ("funnel", "step=opened&step=paid&step_where=&step_where=price+>+3&within=36h&order=strict&by=channel"),
    ("funnel", "step=a&step=b&step=c&not=left&not_after=1&not_before=3&counting=entries"),
    ("funnel", "step=a&step=*any*&order=any&within=2w"),
    ("retention", "start=signed_up&back=opened&back_where=channel+%3D+'ad'&unit=week&count=8&mode=rolling"),
    ("retention", "mode=bounded&windows=1-7,+8-14&cohort=in_window"),
    ("lifecycle", "step=opened&grain=month"),
    ("stickiness", "step=opened&grain=week"),
    ("paths", "step=paid&direction=before&depth=3&top=4&gap=1h&collapse=no&by=path"),
    ("paths", "direction=before"),
    ("survival", "start=opened&step=paid&silence=7&end=left&confidence=90&by=channel"),
    ("attribution", "conversion=paid&touch=opened&property=utm_source&value=price&lookback=7d"),
    ("attribution", "conversion=paid&models=first&models=linear"),
    ("attribution", "conversion=paid&direct=none,+direct"),
]  # fmt: skip


def read(kind: str, text: str) -> asking.Asked:
    """What an address asks of a source that has nothing to offer."""
    return asking.read(KINDS[kind], QueryDict(f"{text}&{WEEK}"), Known(), TODAY)


@pytest.mark.parametrize(("kind", "text"), ADDRESSES)
def test_a_question_is_the_same_after_it_was_written_into_an_address(kind, text):
    asked = read(kind, text)
    assert asked.errors == {}
    again = asking.read(KINDS[kind], QueryDict(asked.address), Known(), TODAY)
    assert canonical(again.question) == canonical(asked.question)
    assert again.address == asked.address


@pytest.mark.parametrize(("kind", "text"), ADDRESSES)
def test_the_command_line_asks_the_very_same(kind, text):
    asked = read(kind, text).question
    words = arguments(asked)
    if kind == "attribution" and "direct" in text:
        assert words == []
        return
    assert words[:4] == ["lingyu", "analyse", kind, "store"]
    given, days = _parsed(kind, words[4:])
    assert definition_hash(question_of(kind, given, period(*days, None, None))) == definition_hash(asked)


def _parsed(kind: str, words: list[str]) -> tuple[dict, tuple[str, str]]:
    """As the command reads its options, by the very declarations that it is made of."""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="first")
    parser.add_argument("--to", dest="last")
    for option in OPTIONS[kind].options:
        parser.add_argument(*option.names, **option.how)
    given = vars(parser.parse_args(words))
    return given, (given.pop("first"), given.pop("last"))


def test_what_goes_without_saying_is_not_in_the_address():
    assert read("trend", "step=opened&measure=events&grain=day&by=&top=10").address == f"step=opened&{WEEK}"


@pytest.mark.parametrize(
    ("deed", "steps"),
    [
        ("add", "step=a&step=b&step=c&step="),
        ("drop.1", "step=a&step=c"),
        ("up.2", "step=a&step=c&step=b"),
        ("down.0", "step=b&step=a&step=c"),
        ("up.0", "step=a&step=b&step=c"),
        ("drop.9", "step=a&step=b&step=c"),
        ("fly.1", "step=a&step=b&step=c"),
        ("drop.x", "step=a&step=b&step=c"),
    ],
)
def test_steps_are_added_removed_and_moved(deed, steps):
    changed = asking.edited(QueryDict(f"step=a&step=b&step=c&do={deed}"))
    assert changed.getlist("step") == QueryDict(steps).getlist("step")
    assert "do" not in changed


def test_a_steps_filter_moves_with_it():
    changed = asking.edited(QueryDict("step=a&step_where=x=1&step=b&step_where=&do=down.0"))
    assert changed.getlist("step_where") == ["", "x=1"]


def test_a_button_leads_to_an_address_without_a_script(explore, app):
    answer = explore("funnel/?step=opened&step=paid&do=up.1")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/explore/funnel/?step=paid&step=opened")


@pytest.mark.parametrize(
    ("kind", "text", "field", "said"),
    [
        ("trend", "step=a&step_where=price+>", "step_where", "Filter: expected"),
        ("funnel", "step=a&step=b&step_where=&step_where=plan+is", "step_where.1", "Filter: expected"),
        ("trend", "measure=sum", "property", "Property measured: has to be given."),
        ("funnel", "within=soon&step=a", "within", "“soon” is no length of time"),
        ("funnel", "step=", "steps", "out of bounds"),
        ("retention", "count=many", "count", "“many” is no number."),
        ("retention", "mode=bounded&windows=later", "windows", "“later” is no span"),
        ("retention", "windows=1-7", "windows", "only bounded retention has windows"),
        ("paths", "depth=99", "depth", "out of bounds; use 1 to 20"),
        ("survival", "confidence=10", "confidence", "at least 0.5"),
        ("trend", "grain=century", "grain", "century"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(kind, text, field, said):
    asked = read(kind, text)
    assert asked.question is None
    assert list(asked.errors) == [field]
    assert said in asked.errors[field]


def test_an_error_keeps_what_was_typed_and_shows_no_number(explore, app):
    answer = explore("trend/?step=opened&step_where=price+>+")
    assert 'value="price &gt; "' in answer.content.decode() or 'value="price &gt;"' in answer.content.decode()
    assert "This can't be asked" in text_of(answer)
    assert "还不能这样问" in text_of(explore("trend/?step_where=price+>", "zh-hans"))


def htmx(target: str) -> dict[str, str]:
    """The headers of a request by HTMX for this part of the page."""
    return {"hx-request": "true", "hx-target": target}


def test_a_changed_field_brings_the_answer_alone_and_its_address(explore, app):
    answer = explore(f"trend/?step=opened&measure=people&by=&{WEEK}", **htmx("answer"))
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="answer"') and '<form id="ask"' not in page
    assert answer["HX-Push-Url"].endswith(f"/explore/trend/?step=opened&measure=people&{WEEK}")
    assert 'hx-swap-oob="outerHTML:#offers"' in page


def test_a_wrong_field_brings_the_form_that_says_so(explore, app):
    answer = explore("trend/?step=opened&measure=sum", **htmx("answer"))
    assert answer["HX-Retarget"] == "#explore"
    assert 'id="id_property_error"' in answer.content.decode()


def test_a_button_of_a_row_brings_the_form_with_the_row(explore, app):
    answer = explore("funnel/?step=opened&step=paid&do=add", **htmx("explore"))
    page = answer.content.decode()
    assert 'id="id_step_2" name="step" value=""' in page and 'id="id_step_3"' not in page


def test_an_address_may_hold_anything(explore, app):
    for text in (
        "period=custom&from=2026-99-99&to=x",
        "top=-1",
        "count=1e9",
        "step=%00",
        "do=drop.x",
        "from=1&to=2",
    ):
        assert explore(f"funnel/?step=opened&{text}").status_code in (200, 302), text
        assert explore(f"trend/?step=opened&{text}").status_code in (200, 302), text
