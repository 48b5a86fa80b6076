"""The liability page: an identity that adds up, and says so loudly when it does not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers import costs
from lingyu.community.feathers.rules import RULES
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Account
from lingyu.community.ledger.reads import totals
from lingyu.community.unlocks.purposes import UNLOCK
from lingyu.operations.rewards import actions
from lingyu.operations.rewards.desk import reckoning
from lingyu.operations.rewards.desk.liability import identity
from lingyu.operations.rewards.models import FeatherValue

QUIZ = RULES["quiz.right"]
PAGE = "/desk/rewards/liability/"
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def earn(member, number, at):
    """Five feathers."""
    about = {"member": member, "rule": QUIZ, "subject": f"article:{number}"}
    feathers.earn(actor=member, **about, facts={"others": 1}, at=at)
    return about


def spend(member, amount, key, at):
    """Some feathers for an article."""
    feathers.spend(
        actor=member, member=member, purpose=UNLOCK, subject="article:1", amount=amount, key=key, at=at
    )


@pytest.fixture
def history(xiaoxi, luren):
    """October 2025: 10 issued, 2 spent, 8 expired. November 2026: 15 issued, 6 spent, one five taken back."""
    past = NOW - timedelta(days=400)
    earn(xiaoxi, 1, past)
    earn(xiaoxi, 2, past)
    spend(xiaoxi, 2, "one", past)
    ledger.expire_lots(at=NOW - timedelta(days=20))
    for number in (3, 4):
        earn(xiaoxi, number, NOW - timedelta(days=2))
    spend(xiaoxi, 6, "two", NOW - timedelta(days=1))
    lost = earn(luren, 5, NOW - timedelta(days=2))
    feathers.claw_back(actor=None, **lost, why="removed", at=NOW)


def test_the_parts_make_up_the_whole(history):
    found = {code: number for code, _label, number, _means in identity(totals())}
    assert found["issued"] == 25
    assert found["issued"] == sum(number for code, number in found.items() if code != "issued")
    assert (found["available"], found["spent"], found["expired"], found["clawed_back"]) == (4, 8, 8, 5)


def test_the_page_says_that_it_adds_up(history, aque, client_of):
    page = client_of(aque).get(PAGE).content.decode()
    assert "Adds up" in page
    assert '<strong data-part="issued">25</strong>' in page
    assert "The ledger does not add up" not in page


def test_the_page_says_loudly_when_it_does_not(history, aque, xiaoxi, client_of):
    account = Account.objects.get(kind="available", owner=str(xiaoxi.id))
    Account.objects.filter(id=account.id).update(balance=account.balance + 3)
    page = client_of(aque).get(PAGE).content.decode()
    assert "The ledger does not add up" in page
    assert "verify-ledger" in page
    assert "−3" in page


def test_cohorts_tell_what_became_of_each_months_feathers(history):
    new, old = reckoning.cohorts(NOW)
    assert (new.month.month, new.issued, new.open, new.expired, new.clawed, new.used) == (11, 15, 4, 0, 5, 6)
    assert (old.month.month, old.issued, old.open, old.expired, old.clawed, old.used) == (10, 10, 0, 8, 0, 2)
    assert old.breakage == pytest.approx(0.8)


def test_what_was_taken_back_after_it_expired_is_not_counted_twice(xiaoxi):
    lost = earn(xiaoxi, 1, NOW - timedelta(days=400))
    ledger.expire_lots(at=NOW - timedelta(days=20))
    feathers.claw_back(actor=None, **lost, why="removed", at=NOW)
    (cohort,) = reckoning.cohorts(NOW)
    assert (cohort.expired, cohort.clawed, cohort.used) == (0, 5, 0)
    feathers.restore(actor=None, **lost, why="restored", at=NOW)
    (cohort,) = reckoning.cohorts(NOW)
    assert (cohort.expired, cohort.clawed, cohort.used) == (5, 0, 0)


def test_expected_breakage_is_what_expired_of_months_that_are_over_at_most_what_is_open(history):
    found = reckoning.breakage(reckoning.cohorts(NOW))
    # 8 of 10 expired; of November's 15 that would be 12, but 4 are open.
    assert (found.rate, found.months, found.expected) == (pytest.approx(0.8), 1, 4)


def test_nothing_is_expected_to_expire_before_anything_has(xiaoxi):
    earn(xiaoxi, 1, NOW)
    assert reckoning.breakage(reckoning.cohorts(NOW)).rate is None


def test_open_feathers_stand_by_the_month_in_which_they_expire(history):
    (age,) = reckoning.ageing(NOW)
    assert (age.month.year, age.month.month, age.feathers, age.members) == (2027, 11, 4, 1)


def test_months_are_the_sites_own(xiaoxi):
    # 23:30 of October 31st in UTC is November in Shanghai.
    earn(xiaoxi, 1, datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert [cohort.month.month for cohort in reckoning.cohorts(NOW)] == [11]
    assert reckoning.budgets(NOW)[1][:2] == (datetime(2026, 11, 1).date(), 5)


def test_a_value_gives_the_liability_in_money(aque, client_of, xiaoxi):
    earn(xiaoxi, 1, timezone.now())
    desk = client_of(aque)
    assert desk.post(PAGE, {"form": "value", "value": "12.50", "note": "last orders"}).status_code == 302
    value = FeatherValue.standing()
    assert (value.per_thousand, value.by) == (1_250, aque)
    assert reckoning.worth(2_000, value) == 2_500
    assert "¥0.06" in desk.get(PAGE).content.decode()
    assert "¥12.50 for a thousand" in desk.get(PAGE).content.decode()


def test_nonsense_is_refused_beside_its_field(aque, client_of):
    desk = client_of(aque)
    for wrong in ({"value": "-1"}, {"value": "0"}, {"value": "much"}, {"value": "5", "note": ""}):
        answer = desk.post(PAGE, {"form": "value", "note": "x"} | wrong)
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()
    for wrong in ({"month": "1999-01-01", "feathers": "5"}, {"feathers": "-5"}):
        assert desk.post(PAGE, {"form": "budget"} | wrong).status_code == 200
    assert FeatherValue.standing() is None


def test_a_budget_stands_beside_what_was_issued(aque, client_of, xiaoxi):
    earn(xiaoxi, 1, timezone.now())
    month = timezone.localdate().replace(day=1)
    desk = client_of(aque)
    assert desk.post(PAGE, {"form": "budget", "month": str(month), "feathers": "4"}).status_code == 302
    assert (month, 5, 4) in reckoning.budgets(timezone.now())
    assert "125.0%" in desk.get(PAGE).content.decode()


def test_every_table_can_be_taken_along(history, aque, client_of):
    actions.set_value(actor=aque, per_thousand=1_000, currency="CNY", note="x")
    desk = client_of(aque)
    for code in ("ageing", "cohorts", "budgets", "costs"):
        csv = desk.get(f"{PAGE}{code}.csv")
        assert csv["Content-Type"].startswith("text/csv")
        assert b"".join(csv.streaming_content).count(b"\n") >= 1
        assert desk.get(f"{PAGE}{code}.xlsx").content[:2] == b"PK"
    cohorts = b"".join(desk.get(f"{PAGE}cohorts.csv").streaming_content).decode("utf-8-sig")
    assert "2025-10,10,2,0,8,0,0.8" in cohorts
    assert desk.get(f"{PAGE}nothing.csv").status_code == 404
    assert desk.get(f"{PAGE}cohorts.exe").status_code == 404


def test_what_rooms_really_paid_stands_on_the_page(aque, client_of, monkeypatch):
    monkeypatch.setattr(costs, "SOURCES", {})

    @costs.cost_source("shop", zh="商店", en="Shop")
    def read(start, end):
        assert timezone.localtime(start).day == timezone.localtime(end).day == 1
        return [costs.Incurred("Tea", "CNY", 1_250, 100, 5)]

    page = client_of(aque).get(PAGE).content.decode()
    assert "Tea" in page
    assert "12.50" in page
    assert "125.00" in page
