"""Declarations are closed registries: what breaks a rule is refused where it is written."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from lingyu.kernel import events, metrics
from lingyu.kernel.access import access, role
from lingyu.kernel.events import DeclarationError, Event, fact, own_fields
from lingyu.kernel.ids import fact_id, uuid7
from lingyu.kernel.metrics import Count, Cumulative, Derived, Distinct, Ratio, Sum
from lingyu.kernel.operations import Lever, Operation, Panel


@pytest.fixture(autouse=True)
def closed_registries(monkeypatch):
    """Whatever a test declares is gone after it."""
    monkeypatch.setattr(events, "EVENTS", dict(events.EVENTS))
    monkeypatch.setattr(events, "_FIELD_OWNERS", dict(events._FIELD_OWNERS))
    monkeypatch.setattr(metrics, "METRICS", dict(metrics.METRICS))


def sold():
    @fact("testing.sold", zh="售出", en="Sold")
    class Sold(Event, frozen=True, kw_only=True):
        """A thing was sold."""

        price_paid: int
        colour: str | None = None

    return Sold


def test_an_event_knows_its_own_fields_without_their_none():
    assert own_fields(sold()) == {"price_paid": int, "colour": str}


def test_an_event_without_a_docstring_is_refused():
    with pytest.raises(DeclarationError, match="docstring"):

        @fact("testing.silent", zh="无", en="Silent")
        class Silent(Event, frozen=True, kw_only=True):
            pass


def test_one_field_name_means_one_type_in_the_whole_house():
    sold()
    with pytest.raises(DeclarationError, match="price_paid"):

        @fact("testing.gifted", zh="赠送", en="Gifted")
        class Gifted(Event, frozen=True, kw_only=True):
            """A thing was given away."""

            price_paid: str


def test_a_field_that_no_column_can_hold_is_refused():
    with pytest.raises(DeclarationError, match="holds one of"):

        @fact("testing.listed", zh="列出", en="Listed")
        class Listed(Event, frozen=True, kw_only=True):
            """Things were listed."""

            things: list[str]


def test_a_fact_cannot_be_changed_afterwards():
    event = sold()(occurred_at=datetime.now(UTC), price_paid=1)
    with pytest.raises(AttributeError):
        event.price_paid = 2


def test_ids_of_the_same_key_are_equal_and_of_joined_keys_differ():
    assert fact_id("ab", "c") == fact_id("ab", "c") != fact_id("a", "bc")
    assert fact_id("x").version == 5


def test_time_ordered_ids_follow_time():
    first, second = uuid7(), uuid7()
    assert first.version == 7 and first.variant == UUID(int=0x8 << 60).variant
    assert first.int >> 64 <= second.int >> 64


def test_the_moment_of_an_id_can_be_read_from_it():
    before = datetime.now(UTC).timestamp()
    made = uuid7().int >> 80
    assert int(before * 1000) <= made <= datetime.now(UTC).timestamp() * 1000


def make(kind, name="tested", **more):
    return kind(name=name, zh="测试", en="Tested", about="A test.", **more)


def test_a_metric_may_only_read_fields_that_its_event_has():
    with pytest.raises(DeclarationError, match="no field weight"):
        make(Sum, event=sold(), field="weight", unit="number")
    with pytest.raises(DeclarationError, match="no field size"):
        make(Count, event=sold(), where="size = 'L'")


def test_a_sum_needs_whole_numbers_and_a_calendar_needs_moments():
    with pytest.raises(DeclarationError, match="colour is str"):
        make(Sum, event=sold(), field="colour", unit="number")
    with pytest.raises(DeclarationError, match="price_paid is int"):
        make(Count, event=sold(), at="price_paid")


def test_a_metric_name_has_one_definition():
    kind = sold()
    metrics.declare(make(Count, event=kind))
    metrics.declare(make(Count, event=kind))
    with pytest.raises(DeclarationError, match="declared twice"):
        metrics.declare(make(Count, event=kind, where="price_paid > 0"))


def test_the_definition_hash_follows_the_formula_of_every_part():
    kind = sold()
    count, sales = make(Count, event=kind), make(Sum, "sales", event=kind, field="price_paid", unit="money")
    ratio = make(Ratio, "per", numerator=sales, denominator=count, unit="money")
    changed = make(Count, event=kind, where="price_paid > 0")
    assert ratio.definition == make(Ratio, "per", numerator=sales, denominator=count, unit="money").definition
    assert (
        ratio.definition != make(Ratio, "per", numerator=sales, denominator=changed, unit="money").definition
    )
    assert len(ratio.definition) == 12


def test_distinct_counts_are_never_accumulated_and_units_never_mixed():
    kind = sold()
    people = make(Distinct, event=kind, field="person")
    with pytest.raises(DeclarationError, match="cannot be added up"):
        make(Cumulative, "running", of=people, unit="count")
    with pytest.raises(DeclarationError, match="different units"):
        make(
            Derived,
            "sum",
            plus=(people,),
            minus=(make(Sum, "s", event=kind, field="price_paid", unit="money"),),
            unit="count",
        )


def test_a_near_miss_of_a_metric_name_is_suggested():
    metrics.declare(make(Count, "testing_sales", event=sold()))
    with pytest.raises(metrics.UnknownMetric) as caught:
        metrics.metric_named("testing_sale")
    assert "testing_sales" in caught.value.near


def test_unknown_permissions_are_refused_at_import():
    with pytest.raises(DeclarationError, match=r"fly\.high"):
        access("fly.high")
    with pytest.raises(DeclarationError, match=r"fly\.high"):
        role("pilot", zh="飞行员", en="Pilot", may=("fly.high",))


def lever(metric, code="push", **more):
    return Lever(
        code=code, zh="推", en="Push", about="A test.", moves=metric, pulls=lambda **fields: None, **more
    )


def test_a_lever_moves_a_metric_that_knows_its_subjects():
    count = make(Count, event=sold())
    assert lever(count, by="colour").by == "colour"
    with pytest.raises(DeclarationError, match="no dimension 'size'"):
        lever(count, by="size")


def test_a_panel_shows_only_levers_of_its_operation():
    count = make(Count, event=sold())
    push, pull = lever(count), lever(count, "pull")
    panel = Panel(code="p", zh="面板", en="Panel", kind="trend", metrics=(count,), levers=(push,))
    manifest = {
        "code": "testing",
        "zh": "测试",
        "en": "Testing",
        "order": 1,
        "icon": "x",
        "about": "-",
        "begin": "-",
        "final": count,
        "tiles": (count,),
        "panels": (panel,),
    }
    assert Operation(**manifest, levers=(pull, push)).lever("push") is push
    assert Operation(**manifest, levers=(push,)).lever("pull") is None
    with pytest.raises(DeclarationError, match="push"):
        Operation(**manifest, levers=(pull,))
