"""What each protocol is answered, and what it has of its own: links, orders, sessions, checks."""

import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from lingyu.collector.protocols.sensors import java_hash
from lingyu.kernel.facts import Key, Link

from .bought import BOUGHT, COUNTLY, GA, MS, NEW, RECORD, THEN, UMAMI, zipped
from .sending import KEY, NOW, PREFIX, b64, basic, decide, facts, form, gz64, say

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
