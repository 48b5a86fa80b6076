"""The API: what machines ask and get, which tokens open what, and that all of it is described."""

import json
from datetime import timedelta

import msgspec
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from openapi_spec_validator import OpenAPIV31SpecValidator

from lingyu.community.accounts import actions as accounts
from lingyu.desk import events
from lingyu.desk.api import actions, limits, samples
from lingyu.desk.api.models import ApiToken
from lingyu.desk.api.openapi import document
from lingyu.desk.api.reading import KINDS
from lingyu.desk.api.scopes import SCOPES
from lingyu.desk.segments import actions as segments
from lingyu.kernel.questions import Answer, Did, Not, Step

ALL = tuple(SCOPES)


@pytest.fixture(autouse=True)
def fresh_limits():
    """No bucket of a test before."""
    limits.forget()


@pytest.fixture
def token(aque):
    """`token("explore:read", per_minute=2)`: the text of a token of 阿鹊's."""

    def token(*scopes: str, **more) -> str:
        return actions.make_token(actor=aque, name="night report", scopes=scopes or ALL, **more)[1]

    return token


@pytest.fixture
def ask(client):
    """`ask("events", token)`, `ask("explore/trend", token, {…})`: status and JSON of the answer."""

    def ask(path: str, token: str = "", body=None, **params):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if body is None:
            answer = client.get(f"/api/v1/{path}", params, headers=headers)
        else:
            sent = body if isinstance(body, bytes) else json.dumps(body).encode()
            answer = client.post(f"/api/v1/{path}", sent, content_type="application/json", headers=headers)
        return answer.status_code, json.loads(answer.content)

    return ask


def test_a_machine_asks_a_question_and_gets_the_answer_that_the_pages_show(ask, token, shop):
    status, answer = ask("explore/trend", token(), {"step": {"event": "looked"}, "measure": "people"})
    assert status == 200
    assert [row["value"] for row in answer["rows"]] == [3, 1, 1]
    assert msgspec.convert(answer, Answer).kind == "trend"
    status, answer = ask("explore/funnel", token(), {"steps": [{"event": "looked"}, {"event": "bought"}]})
    assert [row["count"] for row in answer["rows"]] == [3, 1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_and_the_sample_of_it_too(kind, ask, token, shop):
    status, answer = ask(f"explore/{kind}", token(), samples.bodies()[kind])
    assert (status, answer["kind"]) == (200, kind)


def test_events_segments_and_their_people_are_told(aque, ask, token, shop, facts):
    status, told = ask("events", token())
    assert {e["event"]: (e["times"], e["people"]) for e in told["events"]} == {
        "looked": (5, 3),
        "bought": (2, 1),
    }
    looked = segments.save_segment(
        actor=aque, operation="content", title="Lookers", condition=Did(step=Step("looked"))
    )
    assert [s["title"] for s in ask("segments", token())[1]["segments"]] == ["Lookers"]
    found, after = [], {}
    while after is not None:
        status, page = ask(f"segments/{looked.pk}/people", token(), limit=2, **after)
        found += [p["person"] for p in page["people"]]
        after = None if page["next"] is None else {"after": page["next"]}
    assert sorted(found) == ["an", "bai", "chen"]
    assert page["total"] == 3
    assert [f.people for f in facts(events.PeopleTaken)] == [2, 1]


def test_a_question_among_a_saved_segment(aque, ask, token, shop):
    buyers = Not(item=Did(step=Step("bought")))
    one = segments.save_segment(actor=aque, operation="content", title="Others", condition=buyers)
    among = {"is": "saved", "name": str(one.pk)}
    status, answer = ask("explore/trend", token(), {"measure": "people", "among": among})
    assert (status, [row["value"] for row in answer["rows"]]) == (200, [2, 1, 1])
    among = {"is": "saved", "name": "nobody's"}
    status, fault = ask("explore/trend", token(), {"among": among})
    assert (status, fault["field"]) == (400, "name")


@pytest.mark.parametrize(
    ("kind", "body", "status", "code", "field"),
    [
        ("trend", b"{", 400, "json", None),
        ("trend", b"[]", 400, "json", "question"),
        ("trend", b"[" * 100_000, 400, "json", None),
        ("trend", {"measure": "smoke"}, 400, "question", "measure"),
        ("trend", {"kind": "funnel"}, 400, "kind", "kind"),
        ("trend", {"step": {"event": "x", "where": "a ="}}, 400, "question", "where"),
        ("trend", {"period": {"start": "2026-03-02", "end": "2026-03-01"}}, 400, "question", "where"),
        ("trend", {"steps": []}, 400, "question", "question"),
        ("funnel", {"steps": [], "within": "P7D"}, 400, "question", "steps"),
        ("funnel", {}, 400, "question", "question"),
        ("smoke", {}, 404, "kind", "kind"),
        ("trend", b" " * 300_000, 400, "too_large", None),
    ],
)
def test_what_makes_no_sense_is_told_with_its_field(kind, body, status, code, field, ask, token, empty_store):
    found, fault = ask(f"explore/{kind}", token(), body)
    assert (found, fault["code"]) == (status, code), fault
    if field != "where":
        assert fault["field"] == field
    assert fault["message"]


def test_conditions_nested_without_end_are_refused_and_not_followed(ask, token, empty_store):
    deep = (
        b'{"condition": ' + b'{"is": "not", "item": ' * 5_000 + b'{"is": "and", "items": []}' + b"}" * 5_001
    )
    assert ask("explore/segment", token(), deep)[0] == 400


def test_only_a_valid_token_opens_and_only_what_it_is_for(aque, ask, token, shop):
    assert ask("events")[0] == 401
    assert ask("events", "lgy_nothing")[0] == 401
    assert ask("events", token("explore:read"))[0] == 200
    status, fault = ask("events", token("segments:read"))
    assert (status, fault["code"]) == (403, "scope")
    over = token("explore:read")
    ApiToken.objects.filter(digest=actions.digest_of(over)).update(expires_at=timezone.now() - timedelta(1))
    assert ask("events", over)[0] == 401
    revoked = token("explore:read")
    actions.revoke_token(actor=aque, token=ApiToken.objects.get(digest=actions.digest_of(revoked)))
    assert ask("events", revoked)[0] == 401


def test_a_token_is_worth_no_more_than_its_maker(aque, ask, token, shop):
    text = token("explore:read")
    assert ask("events", text)[0] == 200
    accounts.revoke_role(actor=None, member=aque, role="operator")
    assert ask("events", text)[0] == 403


def test_a_session_opens_nothing(aque, client_of, shop):
    assert client_of(aque).get("/api/v1/events").status_code == 401


def test_too_many_requests_are_put_off(ask, token, shop, client):
    text = token("explore:read", per_minute=2)
    assert [ask("events", text)[0] for _n in range(3)] == [200, 200, 429]
    answer = client.get("/api/v1/events", headers={"authorization": f"Bearer {text}"})
    assert 0 < int(answer["Retry-After"]) <= 31
    assert ask("events", token("explore:read"))[0] == 200, "another token has its own"


def test_of_a_token_only_its_hash_is_kept_and_its_uses_are_noted_by_day(aque, ask, token, shop, facts):
    text = token("explore:read")
    kept = ApiToken.objects.get()
    assert text not in json.dumps([str(v) for v in ApiToken.objects.values_list()])
    assert text.startswith(kept.prefix)
    assert kept.used_on is None
    for _n in range(3):
        ask("events", text)
    kept.refresh_from_db()
    assert kept.used_on == timezone.localdate()
    assert len(facts(events.TokenUsed)) == 1
    assert text not in str(facts(events.TokenMade))


def test_nobody_makes_a_token_for_what_they_may_not_do(luren, dapeng, aque):
    for person in (luren, dapeng):
        with pytest.raises(ValidationError):
            actions.make_token(actor=person, name="x", scopes=["explore:read"])
    with pytest.raises(ValidationError):
        actions.make_token(actor=aque, name="x", scopes=["everything"])


def test_another_method_and_another_address_are_refused_in_json(ask, token, client, db):
    assert ask("explore/trend", token())[0] == 405
    assert ask("segments", token(), {})[0] == 405
    assert ask("nothing/at/all", token())[1]["code"] == "address"


def test_the_description_is_valid_and_names_every_kind_and_status():
    told = json.loads(msgspec.json.encode(document()))
    OpenAPIV31SpecValidator(told).validate()
    assert {path.rsplit("/", 1)[1] for path in told["paths"] if "/explore/" in path} == set(KINDS)
    for methods in told["paths"].values():
        for call in methods.values():
            assert {"200", "400", "401", "403", "404", "429"} <= call["responses"].keys()


def test_the_description_is_served_to_whoever_asks(client, db):
    answer = client.get("/api/v1/openapi.json")
    assert answer.json()["openapi"] == "3.1.0"


def test_an_operator_makes_a_token_sees_it_once_and_revokes_it(aque, luren, client_of, db):
    browser = client_of(aque)
    form = {"name": "night report", "scopes": ["explore:read"], "days": "30", "per_minute": "60"}
    answer = browser.post("/desk/api/", form)
    made = ApiToken.objects.get()
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    text = page.split('data-copy="')[1].split('"')[0]
    assert actions.digest_of(text) == made.digest
    page = browser.get("/desk/api/").content.decode()
    assert text not in page
    assert f"{made.prefix}…" in page
    assert client_of(luren).get("/desk/api/").status_code == 403
    browser.post(f"/desk/api/{made.pk}/revoke")
    made.refresh_from_db()
    assert made.revoked_by == aque
    assert "curl" in browser.get("/desk/api/reference/").content.decode()


def test_one_operator_does_not_see_another_ones_tokens(aque, xiaoxi, client_of, db):
    accounts.grant_role(actor=None, member=xiaoxi, role="operator")
    made, _text = actions.make_token(actor=aque, name="mine alone", scopes=["explore:read"])
    browser = client_of(xiaoxi)
    assert "mine alone" not in browser.get("/desk/api/").content.decode()
    assert browser.post(f"/desk/api/{made.pk}/revoke").status_code == 404
