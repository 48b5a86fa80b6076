"""The door: keys and prefixes, origins, allowances, limits, clocks."""

import gzip
import json
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from lingyu.collector import decoding, looking
from lingyu.collector.door import cors, shortened

from .sending import KEY, NOW, PREFIX, SITE, a_door, basic, decide, facts, form, request, say

TRACK = {"type": "track", "event": "x", "userId": "u1", "messageId": "m", "timestamp": NOW.isoformat()}
BATCH = {"batch": [TRACK], "writeKey": KEY}


def refused(decision) -> tuple[int, str]:
    """The status and the code of a refusal."""
    assert decision.row is None
    return decision.answer.status, decision.remarks[0].code


@pytest.mark.parametrize(
    ("target", "body", "headers", "told"),
    [
        ("/v1/batch", {"batch": [TRACK]}, {}, (401, "key_missing")),
        ("/v1/batch", {"batch": [TRACK], "writeKey": "nobody"}, {}, (401, "key_unknown")),
        (f"/in/{PREFIX}/v1/batch", {"batch": [TRACK], "writeKey": "others"}, {}, (401, "key_wrong")),
        ("/in/nowhere/v1/batch", BATCH, {}, (404, "prefix_unknown")),
        ("/nothing/here", b"", {}, (404, "path_unknown")),
        ("/v1/batch", b"{", {}, (400, "json_broken")),
        ("/v1/batch", b"\x1f\x8b\x08 broken", {}, (400, "compression_broken")),
        ("/v1/batch", {"batch": 3, "writeKey": KEY}, {}, (400, "list_expected")),
        (
            "/v1/batch",
            {"batch": [TRACK] * (looking.MANY_EVENTS + 1), "writeKey": KEY},
            {},
            (413, "too_many_events"),
        ),
        ("/batch", {"api_key": "phx_secret", "batch": []}, {}, (401, "key_personal")),
        ("/batch", [{"event": "x", "token": "a"}, {"event": "x", "token": "b"}], {}, (401, "keys_differ")),
        ("/sa", b"", {}, (400, "data_missing")),
        ("/sa", form(data="%%%"), {}, (400, "base64_broken")),
        ("/api/event", {"n": "x", "u": "http://a"}, {}, (400, "domain_missing")),
        ("/api/send", {"type": "nothing", "payload": {"website": SITE}}, {}, (400, "type_unknown")),
        ("/matomo.php", b"idsite=7", {}, (400, "rec_missing")),
        ("/mp/collect", {"events": [{"name": "x"}]}, {}, (400, "person_missing")),
        ("/2/httpapi", {"events": []}, {}, (400, "key_missing")),
        ("/i", form(app_key=KEY), {}, (400, "person_missing")),
        ("/l/e", {"k": KEY}, {}, (400, "list_expected")),
    ],
)
def test_what_is_wrong_is_told_with_a_status_that_the_sdks_act_upon(target, body, headers, told):
    assert refused(decide("POST", target, body, **headers)) == told


def test_a_key_that_was_replaced_is_valid_for_a_while():
    until = datetime.now(UTC) + timedelta(minutes=1)
    old = {**BATCH, "writeKey": "before"}
    assert decide("POST", "/v1/batch", old, a_door(previous="before", previous_until=until)).row
    gone = a_door(previous="before", previous_until=until - timedelta(minutes=2))
    assert refused(decide("POST", "/v1/batch", old, gone)) == (401, "key_unknown")


def test_a_source_says_whether_from_where_and_in_which_protocol_it_is_sent_to():
    assert refused(decide("POST", "/v1/batch", BATCH, a_door(is_on=False))) == (403, "source_off")
    only = a_door(protocols=frozenset(["posthog"]))
    assert refused(decide("POST", "/v1/batch", BATCH, only)) == (403, "protocol_not_allowed")
    own = a_door(origins=frozenset(["https://shop.example"]))
    assert (
        refused(decide("POST", "/v1/batch", BATCH, own, origin="https://evil.example"))[1]
        == "origin_not_allowed"
    )
    assert decide("POST", "/v1/batch", BATCH, own, origin="https://shop.example").row
    # A server sends no origin.
    assert decide("POST", "/v1/batch", BATCH, own).row


def test_more_than_the_allowance_is_put_off():
    door = a_door(per_minute=60)
    assert decide("POST", "/v1/batch", {**BATCH, "batch": [TRACK] * 60}, door).row
    late = decide("POST", "/v1/batch", BATCH, door)
    assert refused(late) == (429, "too_often")
    assert 1 <= int(dict(late.answer.headers)["Retry-After"]) <= 3


def test_before_the_sources_are_known_senders_are_asked_to_come_back():
    door = a_door()
    door.book.is_ready = False
    answer = decide("POST", "/v1/batch", BATCH, door).answer
    assert (answer.status, dict(answer.headers)["Retry-After"]) == (503, "5")


def test_a_browser_is_given_back_its_origin_and_what_it_asked_for():
    ask = request(
        "OPTIONS", "/e/", origin="https://a.example", access_control_request_headers="x-umami-cache, foo"
    )
    headers = dict(cors(ask))
    assert a_door().decide(ask).answer.status == 204
    assert headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert headers["Access-Control-Allow-Credentials"] == "true"
    assert headers["Access-Control-Allow-Headers"] == "x-umami-cache, foo"
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert dict(cors(request("POST", "/e/", origin="https://a.example")))["Vary"] == "Origin"
    assert cors(request("POST", "/e/")) == []


def test_bad_events_are_left_out_and_the_rest_is_kept():
    decision = decide("POST", "/v1/batch", {**BATCH, "batch": [TRACK, {"type": "nothing"}, 3]})
    assert [(r.code, r.field) for r in decision.remarks] == [
        ("type_unknown", "batch[1]"),
        ("object_expected", "batch[2]"),
    ]
    assert decision.row.count == 1
    found = say(decision)
    assert len(found.facts) == 1
    assert [r.code for r in found.remarks] == ["type_unknown", "object_expected"]


def test_a_clock_that_is_off_is_mended_by_when_it_says_it_sent():
    wrong = NOW - timedelta(days=400)
    body = {**BATCH, "batch": [{**TRACK, "timestamp": (wrong - timedelta(minutes=3)).isoformat()}]}
    (fact,) = facts("POST", "/v1/batch", {**body, "sentAt": wrong.isoformat()})
    assert fact.occurred_at == NOW - timedelta(minutes=3)
    assert [r.code for r in fact.repairs] == ["clock_corrected"]


@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        ("2036-01-01T00:00:00Z", "time_ahead"),
        ("1970-01-01T00:00:00Z", "time_too_old"),
        ("yesterday", "time_unreadable"),
        (1e300, "time_unreadable"),
        ("9999-12-31T23:59:59-23:59", "time_unreadable"),
    ],
)
def test_a_time_that_cannot_be_is_the_time_of_arrival(stamp, code):
    (fact,) = facts("POST", "/v1/batch", {**BATCH, "batch": [{**TRACK, "timestamp": stamp}]})
    assert (fact.occurred_at, [r.code for r in fact.repairs]) == (NOW, [code])


def test_a_late_event_of_a_right_clock_keeps_its_time():
    then = NOW - timedelta(days=3)
    body = {**BATCH, "batch": [{**TRACK, "timestamp": then.isoformat()}], "sentAt": NOW.isoformat()}
    (fact,) = facts("POST", "/v1/batch", body)
    assert (fact.occurred_at, fact.repairs) == (then, ())


def test_bots_are_marked_and_kept():
    bot = facts("POST", "/v1/batch", BATCH, user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert [f.bot for f in bot] == [True]
    assert [f.bot for f in facts("POST", "/v1/batch", BATCH, user_agent="analytics-python/2.4")] == [False]


def test_properties_are_bounded_and_what_is_left_out_is_told():
    big = {f"p{n}": "x" * 100 for n in range(2_000)}
    (fact,) = facts("POST", "/v1/batch", {**BATCH, "batch": [{**TRACK, "properties": big}]})
    assert len(json.dumps(fact.properties)) < 40_000
    assert [r.code for r in fact.repairs] == ["properties_cut"]
    (cut,) = facts("POST", "/v1/batch", {**BATCH, "batch": [{**TRACK, "properties": {"long": "y" * 40_000}}]})
    assert (len(cut.properties["long"]), cut.repairs[0].code) == (8_191, "cut")


def test_nan_and_half_surrogates_are_mended():
    raw = b'{"writeKey":"lkkey","batch":[{"type":"track","event":"x","userId":"u","properties":'
    raw += b'{"a":NaN,"b":"\\ud800"}}]}'
    (fact,) = facts("POST", "/v1/batch", raw)
    assert fact.properties["a"] is None
    assert "json_mended" in [r.code for r in fact.repairs]
    json.dumps(fact.properties, ensure_ascii=False).encode()


def test_nobody_is_no_person():
    (fact,) = facts("POST", "/v1/batch", {**BATCH, "batch": [{**TRACK, "userId": "undefined"}]})
    assert fact.keys == ()
    assert [r.code for r in fact.repairs] == ["nobody", "person_missing"]


def test_only_the_network_of_an_address_is_kept():
    row = decide("POST", "/v1/batch", BATCH, x_forwarded_for="198.51.100.77, 10.0.0.1").row
    assert row.address == "198.51.100.0"
    assert shortened("2001:db8:aaaa:bbbb::1") == "2001:db8:aaaa::"
    assert shortened("no address") == ""
    assert b"198.51.100.77" not in repr(row).encode()


def test_credentials_are_not_kept_in_the_headers():
    row = decide("POST", "/v1/batch", {"batch": [TRACK]}, authorization=basic(KEY), cookie="sessionid=s").row
    assert KEY not in row.headers.decode()
    assert "cookie" not in row.headers.decode()


def test_a_bomb_is_stopped_while_it_unfolds():
    bomb = gzip.compress(b"[" + b" " * (300 * 2**20) + b"]")
    tracemalloc.start()
    assert refused(decide("POST", "/v1/batch", bomb)) == (413, "body_too_large")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * decoding.BODY_LIMIT


def test_what_is_nested_without_end_is_refused():
    deep = b'{"writeKey":"lkkey","batch":' + b"[" * 100_000
    assert decide("POST", "/v1/batch", deep).answer.status == 400
