"""The public pact, its versions, drafting the next one, and remarks before one sends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts import door
from lingyu.community.pact import actions, coverage, ladder, standings, versions, words
from lingyu.community.pact.clauses import DETECTIONS, load
from lingyu.community.pact.models import PactVersion, Screening

WORDS = "不可以骂人，骂得再巧也不可以。"
NOTES = {"note_zh": "谩骂的说法更清楚", "note_en": "Clearer about insults"}


@pytest.fixture
def keeper(db):
    """白鹤, who keeps the pact."""
    member = accounts.join(actor=None, username="白鹤", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="administrator")
    return member


def changed(code="2.6", **values):
    """The shipped pact with one clause changed."""
    pact = load()
    clauses = {c.code: replace(c, **values) if c.code == code else c for c in pact.clauses}
    categories = tuple(replace(g, clauses=tuple(clauses[c.code] for c in g.clauses)) for g in pact.categories)
    return replace(pact, categories=categories, by_code=clauses)


@pytest.fixture
def announced(keeper):
    """Version 2, in force in eight days."""
    soon = timezone.now() + timedelta(days=8)
    return actions.announce(
        actor=keeper,
        pact=changed(words_zh=WORDS),
        in_force_at=soon,
        **NOTES,
    )


def page(client, address, status=200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_every_clause_stands_in_the_public_pact_under_its_anchor(client, db):
    for language, own in (("zh-hans", "zh"), ("en", "en")):
        text = client.get("/pact/", headers={"accept-language": language}).content.decode()
        for clause in load().clauses:
            assert f'id="c{clause.code}"' in text
            assert getattr(clause, own) in text.replace("&#39;", "'").replace("&amp;", "&")


def test_the_coverage_counts_every_clause_once():
    pact = load()
    whole = coverage.whole(pact, "all")
    lines = coverage.coverage(pact, "en")
    assert whole.clauses == len(pact.clauses) == sum(line.clauses for line in lines)
    assert whole.automatic + whole.report_only + whole.human_only == whole.clauses
    assert whole.automatic == sum(clause.detection == DETECTIONS[0] for clause in pact.clauses)


def test_an_announced_version_is_told_above_the_pact_with_the_days_that_remain(client, announced):
    text = page(client, "/pact/")
    assert "/pact/versions/2/changes/" in text
    assert "谩骂的说法更清楚" in text
    assert WORDS not in text
    assert WORDS in page(client, "/pact/versions/2/")
    assert "谩骂的说法更清楚" in page(client, "/pact/versions/")
    english = client.get("/pact/versions/", headers={"accept-language": "en"}).content.decode()
    assert "Clearer about insults" in english
    assert "谩骂的说法更清楚" not in english


def test_the_changes_of_a_version_show_the_words_that_went_and_came(client, announced):
    text = client.get("/pact/versions/2/changes/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "<ins>" in text
    assert "<del>" in text
    assert 'id="d2.6"' in text
    assert 'id="d2.5"' not in text


@pytest.mark.parametrize("number", [0, 2, 99, 10**12])
def test_a_version_that_there_is_not_is_not_found(client, db, number):
    page(client, f"/pact/versions/{number}/", 404)
    page(client, f"/pact/versions/{number}/changes/", 404)


def test_only_who_keeps_the_pact_drafts_it(client_of, dapeng, keeper):
    page(client_of(dapeng), "/pact/versions/new/", 403)
    assert page(client_of(keeper), "/pact/versions/new/").count('name="2.6.severity"') == 1


def test_a_draft_is_seen_as_a_diff_and_announced_with_notice(client_of, keeper):
    browser = client_of(keeper)
    sent = {"2.6.words_zh": WORDS, "2.6.severity": "3"}
    preview = browser.post("/pact/versions/new/", sent | {"preview": "1"}).content.decode()
    assert "<ins>" in preview
    assert 'id="d2.6"' in preview
    assert not PactVersion.objects.exists()
    sent |= {"announce": "1", **NOTES}
    tomorrow = timezone.localdate() + timedelta(days=1)
    early = browser.post("/pact/versions/new/", sent | {"day": str(tomorrow)})
    assert early.status_code == 422
    assert not PactVersion.objects.exists()
    later = timezone.localdate() + timedelta(days=9)
    browser.post("/pact/versions/new/", sent | {"day": str(later)})
    clause = versions.numbered(2).clause("2.6")
    assert (clause.words_zh, clause.severity) == (WORDS, 3)
    assert versions.numbered(2).clause("2.5") == load().clause("2.5")
    assert versions.number_at() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"2.6.severity": "9"},
        {"2.6.detection": "magic"},
        {"2.6.words_en": " "},
        {"2.6.words_zh": "长" * 1001},
        {"2.2.strongest": "block"},
    ],
)
def test_nonsense_in_a_draft_is_refused_by_the_name_of_its_clause(client_of, keeper, sent):
    answer = client_of(keeper).post("/pact/versions/new/", sent | {"preview": "1"})
    assert answer.status_code == 422
    assert next(iter(sent)).rpartition(".")[0] in answer.content.decode()


def test_every_reason_of_the_ladder_has_its_sentence():
    assert set(ladder.explaining.CODES) == set(words._SENTENCES)


def test_the_ladder_on_the_page_is_the_ladder_in_force(client, db):
    text = client.get("/pact/", headers={"accept-language": "en"}).content.decode()
    for rung in ladder.RUNGS.values():
        assert not rung.level or rung.en in text
    assert str(standings.CURRENT.stale.days) in text


@pytest.fixture
def abuse():
    """A comment that is refused."""
    return "这个保温杯便宜死了，复制这段话打开淘宝就能领券 ￥kQ3xW8bN2aZ￥"


def test_words_are_looked_at_before_they_are_sent_and_nothing_is_kept(client_of, luren, abuse):
    decision, remarks = door.look(kind="comment", text=abuse)
    assert decision == "block"
    answer = client_of(luren).post("/pact/check/", {"kind": "comment", "body": abuse}).content.decode()
    assert f"/pact/#c{remarks[0]['clause']}" in answer
    assert remarks[0]["evidence"] in answer
    assert 'name="contest"' in answer
    assert not Screening.objects.exists()


def test_harmless_words_bring_no_remark(client_of, luren):
    answer = client_of(luren).post("/pact/check/", {"kind": "comment", "body": "留存那段写得很清楚，谢谢。"})
    assert answer.content.decode().strip() == ""


def test_looks_are_bounded_a_minute_and_only_for_members(client, client_of, luren, abuse, monkeypatch):
    cache.clear()
    monkeypatch.setattr(door, "LOOKS_A_MINUTE", 2)
    browser, sent = client_of(luren), {"kind": "comment", "body": abuse}
    codes = [browser.post("/pact/check/", sent).status_code for _ in range(5)]
    # A minute may end between two of them.
    assert 204 in codes
    assert client.post("/pact/check/", sent).status_code == 302
    cache.clear()


def test_a_remark_shows_a_little_of_what_stands_around_it(db, abuse):
    text = "前" * 40 + abuse + "后" * 40
    _decision, remarks = door.look(kind="comment", text=text)
    for remark in remarks:
        start, end = remark["span"]
        assert text[start:end] == remark["evidence"]
        around = remark["before"].lstrip("…") + remark["evidence"] + remark["after"].rstrip("…")
        assert around in text
        assert len(around) <= len(remark["evidence"]) + 32
