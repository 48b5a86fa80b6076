"""The demo's governance: something on every page of the pact, and numbers that re-compute."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from lingyu.community import demo
from lingyu.community.accounts.models import Member
from lingyu.community.cases.models import Appeal, Case, Decision, Golden, Report, Ruling
from lingyu.community.cases.reviewing.awaiting import awaiting
from lingyu.community.pact.models import Screening
from lingyu.community.pact.standings import standing_of
from lingyu.community.pact.versions import differences, numbered
from lingyu.community.rings.models import Ring
from lingyu.community.transparency import counting, proving
from lingyu.community.transparency.models import Publication

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demo_has_something_of_everything_and_its_numbers_recompute(empty_store, client_of, monkeypatch):
    demo.load(NOW)
    said = set(Screening.objects.values_list("decision", flat=True))
    assert said == {"pass", "review", "block"}
    assert Decision.objects.exclude(lead="").values("lead").distinct().count() >= 7
    assert set(Ruling.objects.values_list("outcome", flat=True)) == {"upheld", "reduced", "overturned"}
    assert Appeal.objects.waiting().count() == 1
    assert Case.objects.open().count() >= 5
    assert set(Report.objects.values_list("outcome", flat=True)) == {"upheld", "dismissed", ""}
    hothead, dapeng = Member.objects.get(username="一点就着"), Member.objects.get(username="dapeng")
    standing = standing_of(hothead, NOW)
    assert (standing.rung.code, standing.until > NOW) == ("mute_7", True)
    assert len(awaiting(dapeng, NOW)) == 1
    assert Ring.objects.waiting().get().size == 4
    assert Golden.objects.count() == 5
    (change,) = differences(numbered(1), numbered(2))
    assert change.code == "3.1"
    assert [row.month for row in Publication.objects.all()] == ["2026-09", "2026-10"]
    assert list(proving.faults()) == []
    october = Publication.objects.get(month="2026-10")
    today = counting.numbers(october.of, known=NOW, zone=october.said["zone"])
    assert today["reversed_since"] == october.said["numbers"]["reversed_since"] + 1
    browser = client_of(dapeng, "zh-hans")
    for name in (
        "pact_numbers",
        "pact_log",
        "review_rings",
        "review_queue",
        "review_appeals",
        "review_quality",
    ):
        assert browser.get(reverse(name)).status_code == 200
