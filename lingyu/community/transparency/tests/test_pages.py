"""The public pages: numbers with their definitions, months and corrections, and a log without names."""

import csv
import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Decision
from lingyu.community.transparency import jobs
from lingyu.community.transparency.pseudonyms import line_id, pseudonym

from .conftest import moment

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def published(overturned):
    """All months up to now."""
    while jobs.publish(timezone.now()):
        pass
    return overturned


@pytest.fixture
def reader(anonymous, client_of):
    """Somebody who has not signed in."""
    return client_of(anonymous)


def said(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_before_anything_is_published_the_running_month_stands_there(db, reader):
    assert "these are the numbers so far" in said(reader.get("/pact/numbers/"))


def test_a_published_month_keeps_its_numbers_and_shows_what_became_of_them(published, reader):
    page = said(reader.get("/pact/numbers/2026-03/"))
    assert "Corrected since" in page
    assert "today 1" in page
    assert "2.6" in page
    assert "the share after which the decision was overturned" in page
    assert said(reader.get("/pact/numbers/")) != page


def test_months_that_there_are_not_are_not_found(published, reader):
    for month in ("2026-02", "2099-01", "none", "2026-3", "２０２６-03"):
        for end in ("/", ".csv", ".json"):
            assert reader.get(f"/pact/numbers/{month}{end}").status_code == 404


def test_the_table_has_both_columns_and_every_definition(published, reader):
    body = b"".join(reader.get("/pact/numbers/2026-03.csv").streaming_content).decode("utf-8-sig")
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(body))}
    standing = rows["violations_standing"]
    assert (standing["As published"], standing["As of today"]) == ("2", "1")
    assert all(row["Definition"] for row in rows.values())


def test_the_data_holds_the_publication_to_the_letter(published, reader):
    found = reader.get("/pact/numbers/2026-03.json").json()
    content = json.loads(found["published"]["content"])
    assert content["numbers"]["violations_standing"] == 2
    assert found["today"]["numbers"]["violations_standing"] == 1
    assert found["published"]["before"] == ""


def test_the_log_shows_decisions_without_names_and_texts(published, reader, luren):
    page = said(reader.get("/pact/log/"))
    assert pseudonym(luren.id, published["rude"].at) in page
    for secret in (
        "路人",
        "第一句",
        "第三句",
        str(luren.id),
        str(published["rude"].id),
        "大鹏",
        "确实是旧书",
    ):
        assert secret not in page
    assert "Reversed" in page
    assert "Decision overturned" in page


def test_the_log_is_filtered_by_clause_and_by_category(published, reader):
    for asked, lines in (("2.6", 1), ("1", 1), ("", 3), ("nonsense'", 3), ("9.4", 0)):
        page = said(reader.get("/pact/log/", {"clause": asked, "page": "x"}))
        assert page.count("<tr id=") == lines, asked


def test_a_decision_appears_two_weeks_after_it_was_made(march, reader):
    lately = timezone.now() - timedelta(days=13, hours=23)
    assert said(reader.get("/pact/log/")).count("<tr id=") == 3
    case = cases.look_at(actor=None, subject=march["fine"].case.subject, at=lately)
    cases.decide(actor=None, case=case, outcome="clear", at=lately)
    assert Decision.objects.count() == 4
    assert said(reader.get("/pact/log/")).count("<tr id=") == 3


def test_a_pseudonym_is_the_same_for_a_year_and_another_in_the_next(luren, xiaoxi):
    names = {pseudonym(luren.id, moment(month, 1)) for month in (1, 6, 11)}
    assert len(names) == 1
    assert pseudonym(luren.id, moment(6, 1).replace(year=2027)) not in names
    assert pseudonym(xiaoxi.id, moment(6, 1)) not in names


def test_the_feed_tells_the_same_in_days(published, reader, luren):
    answer = reader.get("/pact/log/feed.atom?clause=1")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{line_id(published['goods'].id)}"
    assert entry.findtext(f"{ATOM}updated") == "2026-04-02T00:00:00+00:00"
    assert "路人" not in answer.content.decode()
    assert (
        reader.get("/pact/log/feed.atom?clause=1", headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )


def test_both_pages_speak_chinese(published, client_of, anonymous):
    chinese = client_of(anonymous, "zh-hans")
    assert "认定违规" in said(chinese.get("/pact/numbers/2026-03/"))
    assert "公约" in said(chinese.get("/pact/log/"))
