"""The SDKs of PyPI send to a running collector: every event arrives once, whole, with its person and time."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.collector import reading  # noqa: F401 - registers the readers
from lingyu.kernel.facts import Fact

from .collecting import KEY, Running, running

pytestmark = [pytest.mark.one_database, pytest.mark.slow, pytest.mark.xdist_group("sdks")]

EVENTS, PROPS = 120, {"price": 1999, "name": "龙井", "tags": ["a", "b"]}


@pytest.fixture(scope="module")
def collector(tmp_path_factory):
    """One collector for all of them."""
    with running(tmp_path_factory.mktemp("sdks")) as found:
        yield found


def moment(number: int) -> datetime:
    """When an event happened: another one for each, none now."""
    return datetime.now(UTC).replace(microsecond=123_000) - timedelta(hours=1, seconds=number)


def check(
    facts: list[Fact], moments: dict[str, datetime], person: str = "user-{n}", slack: float = 0.001
) -> None:
    """Every event once, its person, its time, its properties."""
    found = {f.name: f for f in facts if f.name in moments}
    assert len([f for f in facts if f.name in moments]) == len(moments) == len(found)
    for number, (name, at) in enumerate(moments.items()):
        fact = found[name]
        assert abs((fact.occurred_at - at).total_seconds()) <= slack, name
        assert person.format(n=number) in {key.value for key in fact.keys}
        assert PROPS.items() <= fact.properties.items()
        assert fact.repairs == ()


@pytest.mark.parametrize("zipped", [False, True])
def test_segments(collector: Running, zipped):
    analytics = pytest.importorskip("segment.analytics.client")
    failed, before = [], collector.number()
    client = analytics.Client(KEY, host=collector.bare, gzip=zipped, on_error=lambda e, _: failed.append(e))
    moments = {f"Bought {zipped} {n}": moment(n) for n in range(EVENTS)}
    for number, (name, at) in enumerate(moments.items()):
        client.track(f"user-{number}", name, PROPS, timestamp=at)
    client.identify("user-1", {"plan": "a"})
    client.group("user-1", "acme", {"size": 3})
    client.alias("anon-1", "user-1")
    client.flush()
    client.join()
    facts = collector.facts(before)
    assert failed == []
    check(facts, moments)
    kinds = {f.name: f for f in facts}
    assert kinds["$identify"].properties == {"plan": "a"}
    assert kinds["$group"].link.group == "acme"
    assert kinds["$alias"].link.other.value == "anon-1"


def test_rudderstacks(collector: Running):
    analytics = pytest.importorskip("rudderstack.analytics.client")
    failed, before = [], collector.number()
    client = analytics.Client(KEY, host=collector.base, on_error=lambda e, _: failed.append(e))
    moments = {f"Rudder {n}": moment(n) for n in range(EVENTS)}
    for number, (name, at) in enumerate(moments.items()):
        client.track(f"user-{number}", name, PROPS, timestamp=at)
    client.flush()
    client.join()
    assert failed == []
    check(collector.facts(before), moments)


@pytest.mark.parametrize("mode", ["v0", "v1"])
def test_posthogs(collector: Running, mode):
    posthog = pytest.importorskip("posthog")
    before, failed = collector.number(), []
    more = {"capture_mode": "v1"} if mode == "v1" else {}
    client = posthog.Posthog(KEY, host=collector.base, on_error=lambda e, _: failed.append(e), **more)
    moments = {f"Hog {mode} {n}": moment(n) for n in range(EVENTS)}
    for number, (name, at) in enumerate(moments.items()):
        client.capture(name, distinct_id=f"user-{number}", properties=PROPS, timestamp=at)
    client.alias(previous_id="anon-1", distinct_id="user-1")
    client.group_identify("company", "acme", {"size": 3})
    assert client.get_feature_flag("beta", "user-1") in (None, False)
    client.shutdown()
    facts = collector.facts(before)
    assert failed == []
    check(facts, moments)
    kinds = {f.name: f for f in facts}
    assert kinds["$create_alias"].link.kind == "alias"
    assert (kinds["$groupidentify"].link.group, kinds["$groupidentify"].link.group_kind) == (
        "acme",
        "company",
    )


@pytest.mark.parametrize("consumer", ["DefaultConsumer", "BatchConsumer", "AsyncBatchConsumer"])
def test_sensors(collector: Running, consumer):
    sensors = pytest.importorskip("sensorsanalytics")
    before = collector.number()
    kept = getattr(sensors, consumer)(f"{collector.base}/sa?project=default")
    client = sensors.SensorsAnalytics(kept)
    count = 10 if consumer == "DefaultConsumer" else EVENTS
    moments = {f"Bought_{consumer}_{n}": moment(n) for n in range(count)}
    for number, (name, at) in enumerate(moments.items()):
        properties = {**PROPS, "$time": at.astimezone().replace(tzinfo=None)}
        client.track(f"user-{number}", name, properties, is_login_id=True)
    client.profile_set("user-1", {"plan": "a"}, is_login_id=True)
    client.track_signup("user-1", "anon-1")
    client.flush()
    client.close()
    facts = collector.wait_for({*moments, "$profile_set", "$SignUp"}, before)
    check(facts, moments)
    kinds = {f.name: f for f in facts}
    assert kinds["$profile_set"].properties["plan"] == "a"
    assert kinds["$SignUp"].link.other.value == "anon-1"


def test_sensors_in_its_debug_mode(collector: Running):
    sensors = pytest.importorskip("sensorsanalytics")
    before = collector.number()
    address = f"{collector.base}/sa?project=default"
    sensors.SensorsAnalytics(sensors.DebugConsumer(address, False)).track(
        "u", "Dry", {"a": 1}, is_login_id=True
    )
    assert collector.number() == before
    sensors.SensorsAnalytics(sensors.DebugConsumer(address, True)).track(
        "u", "Wet", {"a": 1}, is_login_id=True
    )
    assert [f.name for f in collector.facts(before)] == ["Wet"]


@pytest.mark.parametrize("buffered", [False, True])
def test_mixpanels(collector: Running, buffered):
    mixpanel = pytest.importorskip("mixpanel")
    before = collector.number()
    urls = {"events_url": f"{collector.base}/track", "people_url": f"{collector.base}/engage"}
    kept = (mixpanel.BufferedConsumer if buffered else mixpanel.Consumer)(**urls)
    client = mixpanel.Mixpanel(KEY, consumer=kept)
    moments = {f"Mixed {buffered} {n}": moment(n) for n in range(EVENTS if buffered else 10)}
    for number, (name, at) in enumerate(moments.items()):
        client.track(f"user-{number}", name, {**PROPS, "time": at.timestamp()})
    client.people_set("user-1", {"plan": "a"})
    if buffered:
        kept.flush()
    facts = collector.facts(before)
    check(facts, moments)
    assert {f.name: f for f in facts}["$profile_set"].properties == {"plan": "a"}
