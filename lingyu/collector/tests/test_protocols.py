"""Each protocol by requests as its SDKs send them: which fact comes of it, and what is answered.

The bodies are made here, in the forms that were seen on the wire from the real SDKs.
"""

import gzip
import json
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest

from lingyu.collector.protocols.sensors import java_hash
from lingyu.kernel.facts import Key, Link

from .sending import KEY, NOW, PREFIX, SITE, b64, basic, decide, facts, form, gz64, request, say

ISO = "2026-05-07T07:59:58.250Z"
MS = int(NOW.timestamp() * 1000) - 1750
THEN = NOW - timedelta(milliseconds=1750)
SECOND = int(NOW.timestamp()) - 2
TRACK = {"type": "track", "event": "Bought", "userId": "u1", "messageId": "m1", "timestamp": ISO}
TRACK |= {"properties": {"price": 3, "name": "茶"}}
CAPTURE = {"event": "Bought", "distinct_id": "u1", "uuid": "m1", "timestamp": ISO}
CAPTURE |= {"properties": {"price": 3, "name": "茶"}}
RECORD = {"type": "track", "event": "Bought", "distinct_id": "u1", "time": MS, "_track_id": 5}
RECORD |= {"properties": {"price": 3, "name": "茶"}}
PROPS = {"price": 3, "name": "茶"}
MIX = {
    "event": "Bought",
    "properties": {"token": KEY, "distinct_id": "u1", "time": MS, "$insert_id": "m1", **PROPS},
}
HIT = (
    f"idsite=7&rec=1&url=https%3A%2F%2Fexample.com%2Fa&e_c=shop&e_a=Bought&e_v=3&uid=u1&rand=0.5&cdt={SECOND}"
)
GA = {
    "client_id": "c.1",
    "user_id": "u1",
    "timestamp_micros": MS * 1000,
    "events": [{"name": "Bought", "params": PROPS}],
}
AMP = {"api_key": KEY, "events": [{"event_type": "Bought", "user_id": "u1", "time": MS, "insert_id": "m1"}]}
AMP["events"][0]["event_properties"] = PROPS
COUNTLY = {"key": "Bought", "count": 1, "timestamp": MS, "segmentation": PROPS}
UMAMI = {
    "type": "event",
    "payload": {"website": SITE, "hostname": "example.com", "url": "/a", "name": "Bought"},
}
UMAMI["payload"] |= {"data": PROPS, "id": "u1", "timestamp": SECOND}
OWN = {
    "s": MS + 1750,
    "k": KEY,
    "u": "u1",
    "v": "visit",
    "e": [{"i": "m1", "n": "Bought", "t": MS, "p": PROPS}],
}
SEG = {"batch": [TRACK], "sentAt": NOW.isoformat(), "writeKey": KEY}
HOG = {"api_key": KEY, "batch": [CAPTURE], "sent_at": NOW.isoformat()}
NEW = {"created_at": ISO, "batch": [{**CAPTURE, "options": {}, "session_id": "s1"}]}


def zipped(value) -> bytes:
    """JSON, compressed."""
    return gzip.compress(json.dumps(value).encode())


BOUGHT = {
    "segment python": ("POST", "/v1/batch", SEG, {}),
    "segment python gzip": ("POST", "/v1/batch", zipped(SEG), {"content_encoding": "gzip"}),
    "rudder, key in the header only": (
        "POST",
        "/v1/batch",
        {"batch": [TRACK]},
        {"authorization": basic(KEY)},
    ),
    "segment browser": ("POST", "/v1/t", {**TRACK, "writeKey": KEY}, {"content_type": "text/plain"}),
    "segment single": ("POST", "/v1/track", TRACK, {"authorization": f"Bearer {KEY}"}),
    "jitsu": ("POST", "/api/s/track", TRACK, {"x_write_key": f"{KEY}:secret"}),
    "posthog python": ("POST", "/batch/", HOG, {}),
    "posthog js: gzip that no header tells": (
        "POST",
        "/e/?ip=1",
        zipped(HOG),
        {"content_type": "text/plain"},
    ),
    "posthog on unload": ("POST", "/e/?compression=base64", form(data=b64(HOG)), {}),
    "posthog query": ("GET", f"/e?data={quote(b64({**CAPTURE, 'api_key': KEY}))}", b"", {}),
    "posthog one event": ("POST", "/i/v0/e", {**CAPTURE, "token": KEY}, {}),
    "posthog list": ("POST", "/capture/", [{**CAPTURE, "properties": {**PROPS, "token": KEY}}], {}),
    "posthog legacy track": ("POST", "/track/", form(data=b64({**CAPTURE, "api_key": KEY})), {}),
    "posthog wrapped twice": ("POST", "/e/", gzip.compress(b64(HOG).encode()), {}),
    "posthog v1": ("POST", "/i/v1/analytics/events", NEW, {"authorization": f"Bearer {KEY}"}),
    "posthog v1 deflate": (
        "POST",
        "/i/v1/analytics/events",
        zlib.compress(json.dumps(NEW).encode()),
        {"authorization": f"Bearer {KEY}", "content_encoding": "deflate"},
    ),
    "sensors form": ("POST", f"/sa?project=default&token={KEY}", form(data=gz64(RECORD), gzip="1"), {}),
    "sensors list": (
        "POST",
        f"/in/{PREFIX}/sa?project=default",
        form(data_list=gz64([RECORD]), gzip="1"),
        {},
    ),
    "sensors picture": (
        "GET",
        f"/in/{PREFIX}/sa.gif?project=default&data={quote(b64(RECORD))}&ext=crc%3D{java_hash(b64(RECORD))}",
        b"",
        {},
    ),
    "sensors beacon": (
        "POST",
        f"/in/{PREFIX}/sa.gif",
        form(data_list=b64([RECORD])),
        {"content_type": "text/plain"},
    ),
    "sensors debug": (
        "POST",
        f"/in/{PREFIX}/debug?project=default",
        form(data_list=gz64([RECORD]), gzip="1"),
        {},
    ),
    "matomo get": ("GET", f"/matomo.php?{HIT}", b"", {}),
    "matomo empty body": ("POST", f"/piwik.php?{HIT}&send_image=0", b"", {}),
    "matomo form": ("POST", "/matomo.php", HIT.encode(), {}),
    "matomo several": ("POST", "/matomo.php", {"requests": [f"?{HIT}"]}, {}),
    "mixpanel python": ("POST", "/track", form(data=json.dumps(MIX), verbose="1", ip="0"), {}),
    "mixpanel base64": ("POST", "/track?verbose=1", form(data=b64([MIX])), {}),
    "mixpanel import": ("POST", "/import?strict=1", [MIX], {"authorization": basic(KEY)}),
    "ga4": ("POST", f"/mp/collect?measurement_id=G-1&api_secret={KEY}", GA, {}),
    "amplitude": ("POST", "/2/httpapi", AMP, {}),
    "countly": (
        "GET",
        f"/i?{urlencode({'app_key': KEY, 'device_id': 'u1', 'events': json.dumps([COUNTLY])})}",
        b"",
        {},
    ),
    "countly several": (
        "POST",
        "/i/bulk",
        form(app_key=KEY, device_id="u1", requests=json.dumps([{"events": [COUNTLY]}])),
        {},
    ),
    "umami": ("POST", "/api/send", UMAMI, {}),
    "umami batch": ("POST", "/api/batch", [UMAMI], {}),
    "ours": ("POST", "/l/e", OWN, {"content_type": "text/plain"}),
    "plausible": (
        "POST",
        "/api/event",
        {"n": "Bought", "u": "https://example.com/a", "d": "example.com", "p": PROPS},
        {},
    ),
}


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


ANSWERS = [
    (BOUGHT["segment python"], 200, {"success": True}),
    (BOUGHT["posthog v1"], 200, {"results": {}}),
    (BOUGHT["matomo several"], 200, {"status": "success", "tracked": 1, "invalid": 0}),
    (BOUGHT["mixpanel python"], 200, {"status": 1, "error": None}),
    (BOUGHT["mixpanel import"], 200, {"code": 200, "num_records_imported": 1, "status": "OK"}),
    (BOUGHT["countly"], 200, {"result": "Success"}),
    (("POST", "/flags/?v=2", zipped({"token": KEY}), {}), 200, None),
    (("GET", f"/array/{KEY}/config", b"", {}), 200, None),
    (("POST", f"/debug/mp/collect?api_secret={KEY}", GA, {}), 200, {"validationMessages": []}),
    (("GET", "/o/sdk?method=rc", b"", {}), 200, {}),
    (("GET", f"/v1/projects/{KEY}/settings", b"", {}), 200, None),
]


@pytest.mark.parametrize(("case", "status", "said"), ANSWERS)
def test_the_answer_is_what_the_sdk_reads(case, status, said):
    method, target, body, headers = case
    answer = decide(method, target, body, **headers).answer
    assert answer.status == status
    assert answer.type == "application/json"
    assert said is None or json.loads(answer.body) == said


def test_pictures_are_answered_with_a_picture_and_a_quiet_hit_with_nothing():
    assert decide(*BOUGHT["sensors picture"][:3]).answer.body[:6] == b"GIF89a"
    assert decide(*BOUGHT["matomo get"][:3]).answer.body[:6] == b"GIF89a"
    assert decide(*BOUGHT["matomo empty body"][:3]).answer.status == 204


def test_posthog_js_gets_its_configuration_as_a_script():
    answer = decide("GET", f"/array/{KEY}/config.js").answer
    assert answer.body.startswith(b"(function(){window._POSTHOG_REMOTE_CONFIG=")
    assert decide("GET", '/array/a"b/config.js').answer.status == 404


def test_recordings_are_taken_and_dropped():
    decision = decide("POST", "/s/", zipped({"x": 1}))
    assert (decision.answer.status, decision.row) == (200, None)


def test_umamis_cache_leads_to_the_same_session_and_a_forged_one_does_not():
    first = json.loads(decide("POST", "/api/send", UMAMI).answer.body)
    later = NOW.timestamp() + 600
    again = decide("POST", "/api/send", UMAMI, at=later, x_umami_cache=first["cache"], user_agent="Other/1")
    said = json.loads(again.answer.body)
    assert (said["sessionId"], said["visitId"]) == (first["sessionId"], first["visitId"])
    assert say(again).facts[0].session == first["visitId"]
    forged = first["cache"][:-3] + "abc"
    other = decide("POST", "/api/send", UMAMI, at=later, x_umami_cache=forged, user_agent="Other/1")
    assert json.loads(other.answer.body)["sessionId"] != first["sessionId"]
    resting = decide("POST", "/api/send", UMAMI, at=later + 3600, x_umami_cache=first["cache"])
    assert json.loads(resting.answer.body)["sessionId"] == first["sessionId"]
    assert json.loads(resting.answer.body)["visitId"] != first["visitId"]


def test_capture_v1_tells_the_fate_of_each_event():
    batch = [NEW["batch"][0], {"uuid": "bad", "event": "x"}]
    decision = decide("POST", "/i/v1/analytics/events", {"batch": batch}, authorization=f"Bearer {KEY}")
    assert json.loads(decision.answer.body) == {
        "results": {"bad": {"result": "drop", "details": "person_missing"}}
    }
    assert decision.row.count == 1
    assert [f.name for f in say(decision).facts] == ["Bought"]


def test_sensors_debug_checks_strictly_and_a_dry_run_keeps_nothing():
    path = f"/in/{PREFIX}/debug?project=default"
    dry = decide("POST", path, form(data=gz64(RECORD), gzip="1"), dry_run="true")
    assert (dry.answer.status, dry.row) == (200, None)
    bad = decide("POST", path, form(data=b64({**RECORD, "properties": {"user_id": 1}})))
    assert bad.answer.status == 400
    assert b"property_name_invalid properties.user_id" in bad.answer.body


def test_a_wrong_crc_is_told_and_the_record_is_kept():
    target = f"/in/{PREFIX}/sa.gif?data={quote(b64(RECORD))}&ext=crc%3D1"
    decision = decide("GET", target)
    assert [(r.kind, r.code) for r in decision.remarks] == [("repaired", "crc_differs")]
    assert [r.code for r in say(decision).facts[0].repairs] == ["crc_differs"]


def test_javas_hash():
    # "hello".hashCode() and a negative one, from Java's documentation of the formula.
    assert java_hash("hello") == 99162322
    assert java_hash("polygenelubricants") == -2147483648


def test_the_python_sdk_of_sensors_writes_seven_milliseconds_as_point_seven():
    record = {**RECORD, "lib": {"$lib": "python"}, "properties": {"at": "2026-05-07 08:09:05.7"}}
    (fact,) = facts("POST", f"/in/{PREFIX}/sa", form(data=gz64(record)))
    assert fact.properties["at"] == "2026-05-07 08:09:05.007"
    assert [(r.code, r.field) for r in fact.repairs] == [("milliseconds_unpadded", "properties.at")]


@pytest.mark.parametrize(
    ("time", "meant"), [(MS, THEN), (MS // 1000, THEN.replace(microsecond=0)), (str(MS), THEN), (None, NOW)]
)
def test_sensors_time_is_in_milliseconds_or_ten_digits(time, meant):
    (fact,) = facts("POST", f"/in/{PREFIX}/sa", form(data=gz64({**RECORD, "time": time})))
    assert fact.occurred_at == meant


LINKS = {
    "segment alias": ("/v1/alias", {"userId": "u1", "previousId": "a1"}, Link("alias", Key("any", "a1"))),
    "segment identify": ("/v1/identify", {"userId": "u1", "anonymousId": "a1"}, Link("identify")),
    "segment group": (
        "/v1/group",
        {"userId": "u1", "groupId": "g"},
        Link("group", group="g", group_kind="group"),
    ),
    "posthog identify": (
        "/e",
        {
            "api_key": KEY,
            "event": "$identify",
            "distinct_id": "u1",
            "properties": {"$anon_distinct_id": "a1"},
        },
        Link("alias", Key("distinct", "a1")),
    ),
    "posthog alias": (
        "/e",
        {"api_key": KEY, "event": "$create_alias", "distinct_id": "u1", "properties": {"alias": "a1"}},
        Link("alias", Key("distinct", "a1")),
    ),
    "sensors sign-up": (
        f"/in/{PREFIX}/sa",
        form(data=gz64({"type": "track_signup", "distinct_id": "u1", "original_id": "a1", "time": MS})),
        Link("alias", Key("distinct", "a1")),
    ),
    "sensors bind": (
        f"/in/{PREFIX}/sa",
        form(
            data=gz64(
                {
                    "type": "track_id_bind",
                    "distinct_id": "u1",
                    "time": MS,
                    "identities": {"$identity_login_id": "u1"},
                }
            )
        ),
        Link("identify"),
    ),
    "sensors unbind": (
        f"/in/{PREFIX}/sa",
        form(
            data=gz64(
                {
                    "type": "track_id_unbind",
                    "distinct_id": "u1",
                    "time": MS,
                    "identities": {"$identity_mobile": "1"},
                }
            )
        ),
        Link("part"),
    ),
    "countly": (
        "/i",
        form(app_key=KEY, device_id="u1", old_device_id="a1"),
        Link("alias", Key("device", "a1")),
    ),
}


@pytest.mark.parametrize("case", LINKS.values(), ids=LINKS)
def test_calls_that_join_names_say_which(case):
    target, body, link = case
    assert [f.link for f in facts("POST", target, body, authorization=basic(KEY))] == [link]


def test_an_order_of_matomo_counts_once_and_has_its_lines():
    query = "idsite=7&rec=1&idgoal=0&ec_id=A-1&revenue=100.5&ec_items=" + quote(
        '[["sku1","Tea","Drinks",50.25,2]]'
    )
    one, two = facts("GET", f"/matomo.php?{query}&rand=1"), facts("GET", f"/matomo.php?{query}&rand=2")
    assert one[0].id == two[0].id
    assert one[0].name == "$order"
    assert one[0].properties["revenue"] == 100.5
    assert one[0].properties["items"][0] == {
        "sku": "sku1",
        "name": "Tea",
        "category": "Drinks",
        "price": 50.25,
        "quantity": 2,
    }


def test_a_hit_of_long_ago_needs_the_sites_token():
    old = int(NOW.timestamp()) - 3 * 86_400
    (fact,) = facts("GET", f"/matomo.php?idsite=7&rec=1&cdt={old}")
    assert (fact.occurred_at, fact.repairs[0].code) == (NOW, "time_needs_token")
    (trusted,) = facts("GET", f"/matomo.php?idsite=7&rec=1&cdt={old}&token_auth=x")
    assert trusted.occurred_at == datetime.fromtimestamp(old, UTC)


def test_googles_check_says_what_is_wrong_and_keeps_nothing():
    body = {"events": [{"name": "bad name", "params": {}}, {"params": {}}]}
    decision = decide("POST", "/debug/mp/collect", body)
    found = json.loads(decision.answer.body)["validationMessages"]
    assert decision.row is None
    assert [(m["fieldPath"], m["validationCode"]) for m in found] == [
        ("api_secret", "VALUE_REQUIRED"),
        ("client_id", "VALUE_REQUIRED"),
        ("events[0].name", "NAME_INVALID"),
        ("events[1].name", "VALUE_REQUIRED"),
    ]


def test_what_mixpanel_says_about_people_is_a_profile():
    body = form(
        data=json.dumps({"$token": KEY, "$distinct_id": "u1", "$time": MS, "$set": {"plan": "a"}}),
        verbose="1",
    )
    (fact,) = facts("POST", "/engage", body)
    assert (fact.kind, fact.change, fact.properties) == ("profile", "set", {"plan": "a"})
    assert fact.keys == (Key("distinct", "u1"),)


def test_one_request_of_countly_may_say_several_things():
    body = form(
        app_key=KEY,
        device_id="u1",
        timestamp=str(MS),
        begin_session="1",
        metrics='{"_os":"Android"}',
        events=json.dumps([COUNTLY, {"key": "[CLY]_view", "segmentation": {"name": "home"}}]),
        user_details='{"name":"Xi"}',
        end_session="1",
        session_duration="30",
    )
    found = facts("POST", "/i", body)
    assert [f.name for f in found] == [
        "$session_start",
        "Bought",
        "$pageview",
        "$profile_set",
        "$session_end",
    ]
    assert len({f.id for f in found}) == 5


def test_the_snippet_is_served_within_two_kilobytes():
    answer = decide("GET", "/l.js").answer
    assert answer.type == "text/javascript"
    assert 500 < len(answer.body) <= 2_048


def test_a_prefix_and_a_bare_path_take_the_same():
    bare = decide("POST", "/v1/batch", SEG)
    below = decide("POST", f"/in/{PREFIX}/v1/batch", SEG)
    assert bare.row == below.row
    assert request("POST", "/v1/batch", SEG).body == bare.row.body
