"""Each protocol by requests as its SDKs send them: which fact comes of it, once however often it is sent."""

from datetime import timedelta

import pytest

from .bought import BOUGHT, PROPS, SEG, THEN, zipped
from .sending import NOW, PREFIX, SITE, decide, request, say


@pytest.mark.parametrize("case", BOUGHT.values(), ids=BOUGHT)
def test_every_protocol_says_who_bought_what_when(case):
    method, target, body, headers = case
    decision = decide(method, target, body, **headers)
    assert decision.answer.status in (200, 202, 204)
    assert decision.remarks == ()
    assert decision.row.source == SITE
    assert decision.row.count == 1
    (fact,) = say(decision).facts
    assert fact.name == "Bought"
    assert fact.kind == "event"
    assert fact.received_at == NOW
    if decision.protocol != "plausible":
        # Plausible names neither people nor times.
        assert "u1" in {key.value for key in fact.keys}
        assert abs(fact.occurred_at - THEN) < timedelta(seconds=1)
    if decision.protocol == "matomo":
        assert fact.properties == {"category": "shop", "action": "Bought", "value": 3}
    else:
        assert PROPS.items() <= fact.properties.items()


@pytest.mark.parametrize("case", BOUGHT.values(), ids=BOUGHT)
def test_what_is_sent_again_is_the_same_fact(case):
    method, target, body, headers = case
    first = say(decide(method, target, body, **headers)).facts
    again = say(decide(method, target, body, at=NOW.timestamp() + 20, **headers)).facts
    same = [f.id for f in first] == [f.id for f in again]
    # Plausible gives an event neither an id nor a time: an hour later it may have happened again.
    assert same is (decide(method, target, body, **headers).protocol != "plausible")


@pytest.mark.parametrize("case", BOUGHT.values(), ids=BOUGHT)
def test_a_kept_request_reads_the_same_twice(case):
    method, target, body, headers = case
    decision = decide(method, target, body, **headers)
    assert say(decision) == say(decision)


def test_a_prefix_and_a_bare_path_take_the_same():
    bare = decide("POST", "/v1/batch", SEG)
    below = decide("POST", f"/in/{PREFIX}/v1/batch", SEG)
    assert bare.row == below.row
    assert request("POST", "/v1/batch", SEG).body == bare.row.body


def test_recordings_are_taken_and_dropped():
    decision = decide("POST", "/s/", zipped({"x": 1}))
    assert (decision.answer.status, decision.row) == (200, None)
