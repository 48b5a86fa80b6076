"""Facts about feathers in, by the actions that record them; numbers out, worked by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.rules import RULES
from lingyu.community.ledger import actions as ledger
from lingyu.community.unlocks.purposes import UNLOCK
from lingyu.kernel.query import Period, Query
from lingyu.store.query import ask
from lingyu.store.ship import ship_all

QUIZ = RULES["quiz.right"]
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
MONTH = Period(datetime(2026, 11, 1).date(), datetime(2026, 11, 30).date())


def earn(member, subject, days=0, **facts):
    """An attempt at a quiz, some days after the 20th."""
    at = NOW + timedelta(days=days)
    return feathers.earn(
        actor=member, member=member, rule=QUIZ, subject=subject, facts={"others": 1} | facts, at=at
    )


def spend(member, amount, key):
    """Some feathers for an article."""
    return feathers.spend(
        actor=member, member=member, purpose=UNLOCK, subject="article:1", amount=amount, key=key, at=NOW
    )


def number(name: str):
    """The total of one metric over the month."""
    return ask(Query(metric=name, period=MONTH)).total


@pytest.fixture
def november(xiaoxi, luren, empty_store):
    """小喜 earns 5 + 5, spends 8, has it refunded; 路人 earns 5, is refused once, and wants 9 of 5."""
    earn(xiaoxi, "article:1")
    earn(xiaoxi, "article:2")
    spend(xiaoxi, 8, "purchase:1")
    feathers.refund(actor=None, key="purchase:1", why="", amount=3, at=NOW)
    earn(luren, "article:1")
    earn(luren, "article:3", others=0)
    spend(luren, 9, "purchase:2")
    ship_all()


def test_feathers_issued_spent_and_refunded_add_up(november):
    assert number("feathers_issued") == 15
    assert number("feathers_spent") == 8
    assert number("feathers_refunded") == 3
    assert number("feathers_redeemed") == 5
    assert number("feather_redemption_rate") == pytest.approx(5 / 15)


def test_members_count_once(november):
    assert number("feather_earners") == 2
    assert number("feather_redeemers") == 1
    assert number("redeemers_per_earner") == pytest.approx(1 / 2)
    assert number("earn_to_redeem") == pytest.approx(1 / 2)
    assert number("feathers_per_earner") == pytest.approx(15 / 2)


def test_refusals_and_too_few_have_their_reasons(november):
    refused = ask(Query(metric="feathers_refusals", period=MONTH, by=("reason",)))
    assert {row.dims[0]: row.value for row in refused.rows} == {"condition.others": 1}
    assert number("feathers_too_few") == 1
    assert number("feathers_missing") == 4


def test_claw_backs_restorations_and_expiry_are_numbers_of_their_own(xiaoxi, empty_store):
    earn(xiaoxi, "article:1", days=-400)
    earn(xiaoxi, "article:2")
    about = {"actor": None, "member": xiaoxi, "rule": QUIZ, "subject": "article:2", "at": NOW}
    feathers.claw_back(**about, why="removed")
    feathers.restore(**about, why="restored")
    ledger.expire_lots(at=NOW)
    ship_all()
    names = ("feathers_issued", "feathers_clawed_back", "feathers_restored", "feathers_expired")
    assert [number(name) for name in names] == [5, 5, 5, 5]


def test_the_desk_opens_for_an_operator_and_not_for_anybody(aque, luren, client_of, november):
    assert client_of(aque).get("/desk/rewards/").status_code == 200
    assert client_of(luren).get("/desk/rewards/").status_code == 403
