"""Questions are read from JSON as they were written, and refused with the field that is wrong."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel import filters
from lingyu.kernel.query import Period, QueryError
from lingyu.kernel.questions import (
    And,
    Attribution,
    Did,
    Exclusion,
    Funnel,
    Latest,
    Lifecycle,
    Not,
    Or,
    Paths,
    QuestionError,
    Retention,
    Saved,
    Segment,
    Sequence,
    Span,
    Step,
    Stickiness,
    Survival,
    Trend,
    canonical,
    days,
    definition_hash,
    question,
    question_from,
    saved_names,
    span,
    span_text,
)

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
PAYERS = And(
    items=(
        Did(step=Step("pay", "amount > 100"), at_least=2, last=30),
        Not(item=Or(items=(Saved(name="staff"), Latest(where="city = '上海'")))),
        Sequence(steps=(Step("see"), Step("pay")), within=timedelta(hours=1), period=JUNE),
    )
)
ASKED = [
    Trend(period=JUNE, measure="p90", property="amount", grain="hour", by="city"),
    Funnel(steps=(Step("a"), Step("b", "x = 1")), exclusions=(Exclusion(Step("c")),), order="strict"),
    Retention(start=Step("join"), mode="bounded", windows=(Span(1, 7),), among=PAYERS),
    Lifecycle(grain="week"),
    Stickiness(),
    Paths(step=Step("see"), direction="before", gap=timedelta(minutes=5)),
    Survival(end=Step("leave")),
    Attribution(conversion=Step("pay"), models=("first", "linear")),
    Segment(condition=PAYERS),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda a: type(a).__name__)
def test_a_question_comes_back_as_it_was_written(asked):
    assert question(canonical(asked)) == asked
    assert question_from(msgspec.json.decode(canonical(asked))) == asked


def test_one_definition_has_one_hash_however_it_is_written():
    short = question('{"kind": "funnel", "steps": [{"event": "a"}]}')
    long = question('{"steps": [{"event": "a"}], "order": "ordered", "kind": "funnel", "within": "P7D"}')
    assert definition_hash(short) == definition_hash(long)
    assert definition_hash(short) != definition_hash(Funnel(steps=(Step("b"),)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "funel"}, "kind"),
        ({"kind": "funnel", "steps": []}, "steps"),
        ({"kind": "funnel", "steps": [{"event": ""}]}, "event"),
        ({"kind": "funnel", "steps": [{"event": "a"}], "within": "PT0S"}, "within"),
        ({"kind": "funnel", "steps": [{"event": "a"}], "within": "soon"}, "within"),
        ({"kind": "funnel", "steps": [{"event": 5}]}, "steps[0].event"),
        ({"kind": "funnel", "steps": [{}], "exclusions": [{"step": {}}]}, "exclusions.after"),
        ({"kind": "funnel", "steps": [{}], "order": "any", "by": "city"}, "order"),
        ({"kind": "retention", "count": 0}, "count"),
        ({"kind": "retention", "windows": [{"first": 1, "last": 7}]}, "windows"),
        ({"kind": "retention", "mode": "bounded", "windows": [{"first": 7, "last": 1}]}, "windows"),
        ({"kind": "trend", "measure": "p0"}, "measure"),
        ({"kind": "trend", "measure": "sum"}, "property"),
        ({"kind": "survival", "confidence": 1.0}, "confidence"),
        ({"kind": "attribution", "conversion": {}, "models": []}, "models"),
        ({"kind": "segment", "condition": {"is": "saved", "name": ""}}, "name"),
        ({"kind": "segment", "condition": {"is": "did", "step": {}, "at_most": 0}}, "at_most"),
        ({"kind": "segment", "condition": {"is": "sequence", "steps": [{}]}}, "steps"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_is_wrong_is_named(wrong, field):
    with pytest.raises(QuestionError) as refused:
        question(msgspec.json.encode(wrong))
    assert refused.value.field == field
    assert str(refused.value).startswith(field)


def test_faults_of_periods_and_filters_say_what_they_always_say():
    with pytest.raises(QueryError, match="ends"):
        question('{"kind": "lifecycle", "period": {"start": "2026-02-01", "end": "2026-01-01"}}')
    with pytest.raises(filters.FilterError, match="amount >"):
        question('{"kind": "funnel", "steps": [{"event": "pay", "where": "amount >"}]}')


def test_a_segment_has_a_deepest_level():
    condition = Did(step=Step("a"))
    for _ in range(19):
        condition = Not(item=condition)
    Segment(condition=condition)
    with pytest.raises(QuestionError, match="deeper than 20"):
        Segment(condition=Not(item=condition))


def test_a_segment_names_the_saved_ones_it_stands_on():
    assert list(saved_names(PAYERS)) == ["staff"]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("7d", timedelta(7)),
        ("36h", timedelta(hours=36)),
        ("1.5h", timedelta(minutes=90)),
        ("250ms", timedelta(milliseconds=250)),
        ("P1DT12H", timedelta(hours=36)),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(text, length):
    assert span(text) == length
    assert span(span_text(length)) == length


def test_a_length_that_is_none_is_refused():
    with pytest.raises(QuestionError, match="soon"):
        span("soon")


@settings(deadline=None)
@given(st.integers(0, 40_000), st.sampled_from(["day", "week", "month"]), st.integers(-30, 30))
def test_units_follow_one_another_without_gap(day, unit, units):
    start = days.unit_of(day, unit)
    assert start <= day <= days.ends(start, unit)
    assert days.unit_of(start, unit) == start
    assert days.later(days.later(start, units, unit), -units, unit) == start
    assert days.unit_of(days.ends(start, unit) + 1, unit) == days.later(start, 1, unit)
    assert unit != "week" or days.day_of(start).weekday() == 0


def test_fields_of_outside_events_can_be_named():
    asked = filters.parse("$browser = 'Firefox' and utm.source = 'a' and \"支付 金额\" > 5")
    assert filters.fields_of(asked) == {"$browser", "utm.source", "支付 金额"}
