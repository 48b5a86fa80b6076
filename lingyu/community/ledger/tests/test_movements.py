"""Feathers move in double entry: worked by hand, case by case."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Lot
from lingyu.community.ledger.reads import balance, expiring, statement, totals
from lingyu.community.ledger.verify import verify
from lingyu.store.outbox import OutsideTransaction

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def sound():
    """After every test the whole ledger verifies."""
    yield
    assert verify().faults == []
    assert totals().balanced


def issue(member, amount, key, at=NOON, days=None):
    return ledger.issue(
        member=member.id,
        amount=amount,
        key=key,
        cause="quiz.right",
        subject="article:1",
        at=at,
        lot_expires_at=at + days * DAY if days else None,
    )


def spend(member, amount, key, at=NOON):
    return ledger.spend(
        member=member.id, amount=amount, key=key, cause="article.unlock", subject="article:2", at=at
    )


def hold(member, amount, key, at=NOON):
    return ledger.hold(member=member.id, amount=amount, key=key, cause="mall", subject="order:1", at=at)


def stand(member):
    b = balance(member.id)
    return b.available, b.held, b.pending, b.debt


def test_what_is_issued_is_there_once_however_often_the_key_comes(luren):
    first = issue(luren, 5, "a")
    again = issue(luren, 5, "a")
    assert first.new and not again.new and again.transfer == first.transfer
    assert stand(luren) == (5, 0, 0, 0)


def test_a_key_that_names_something_else_is_refused(luren, xiaoxi):
    issue(luren, 5, "a")
    with pytest.raises(ledger.KeyReused):
        issue(luren, 6, "a")
    with pytest.raises(ledger.KeyReused):
        issue(xiaoxi, 5, "a")


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_than_nothing_do_not_move(luren, amount):
    with pytest.raises(ValueError, match="at least one"):
        issue(luren, amount, "a")
    with pytest.raises(ValueError, match="at least one"):
        spend(luren, amount, "b")


def test_who_has_too_few_is_told_how_many_are_missing_and_nothing_is_written(luren):
    issue(luren, 12, "a")
    with pytest.raises(ledger.TooFew) as told:
        spend(luren, 30, "b")
    assert (told.value.missing, told.value.available) == (18, 12)
    assert stand(luren) == (12, 0, 0, 0)


def test_the_lot_that_expires_first_is_spent_first(luren):
    issue(luren, 5, "never")
    issue(luren, 5, "late", days=30)
    issue(luren, 5, "soon", days=10)
    spend(luren, 7, "b")
    left = {(lot.expires_at - NOON).days if lot.expires_at else None: lot.left for lot in Lot.objects.all()}
    assert left == {10: 0, 30: 3, None: 5}
    assert expiring(luren.id, NOON + 31 * DAY) == 3


def test_a_refund_goes_back_into_its_lots_with_their_expiry(luren):
    issue(luren, 5, "soon", days=10)
    issue(luren, 5, "late", days=30)
    spend(luren, 7, "b")
    ledger.refund(key="b", refund_key="c", at=NOON + DAY)
    assert stand(luren) == (10, 0, 0, 0)
    assert expiring(luren.id, NOON + 11 * DAY) == 5


def test_refunds_in_parts_never_exceed_what_was_spent(luren):
    issue(luren, 10, "a")
    spend(luren, 7, "b")
    ledger.refund(key="b", refund_key="c", amount=4, at=NOON)
    with pytest.raises(ValueError, match="3 of 7 are left"):
        ledger.refund(key="b", refund_key="d", amount=4, at=NOON)
    ledger.refund(key="b", refund_key="d", at=NOON)
    assert ledger.refund(key="b", refund_key="e", at=NOON) is None
    assert stand(luren) == (10, 0, 0, 0)


def test_feathers_that_come_back_into_a_lot_that_is_over_have_seven_days(luren):
    issue(luren, 5, "soon", days=10)
    hold(luren, 5, "b")
    ledger.release_hold(key="b", at=NOON + 20 * DAY)
    assert Lot.objects.get().expires_at == NOON + 27 * DAY
    assert stand(luren) == (5, 0, 0, 0)


def test_a_promise_counts_once_it_is_kept_and_is_resolved_once(luren):
    ledger.pend(member=luren.id, amount=10, key="p", cause="comment", subject="comment:1", at=NOON)
    assert stand(luren) == (0, 0, 10, 0)
    assert totals().issued == 0
    assert ledger.post_pending(key="p", at=NOON).amount == 10
    assert not ledger.post_pending(key="p", at=NOON).new
    assert not ledger.void_pending(key="p", why="late", at=NOON)
    assert stand(luren) == (10, 0, 0, 0)


def test_a_broken_promise_is_never_kept(luren):
    ledger.pend(member=luren.id, amount=10, key="p", cause="comment", subject="comment:1", at=NOON)
    assert ledger.void_pending(key="p", why="removed", at=NOON)
    assert ledger.post_pending(key="p", at=NOON) is None
    assert stand(luren) == (0, 0, 0, 0)


@pytest.mark.parametrize(("when_due", "stands"), [("post", (3, 0, 0, 0)), ("expire", (0, 0, 0, 0))])
def test_what_is_due_is_kept_or_lapses_as_was_agreed(luren, when_due, stands):
    ledger.pend(
        member=luren.id,
        amount=3,
        key="p",
        cause="share",
        subject="a",
        at=NOON,
        due_at=NOON + DAY,
        when_due=when_due,
    )
    assert ledger.post_due(at=NOON + DAY - timedelta(seconds=1)) == 0
    assert ledger.post_due(at=NOON + DAY) == 1
    assert ledger.post_due(at=NOON + DAY) == 0
    assert stand(luren) == stands


def test_a_hold_is_settled_or_released_and_not_both(luren):
    issue(luren, 30, "a")
    hold(luren, 20, "b")
    assert stand(luren) == (10, 20, 0, 0)
    ledger.settle_hold(key="b", at=NOON)
    assert stand(luren) == (10, 0, 0, 0)
    with pytest.raises(ValueError, match="closed"):
        ledger.release_hold(key="b", at=NOON)
    ledger.refund(key="b", refund_key="c", at=NOON)
    assert stand(luren) == (30, 0, 0, 0)


def test_what_was_spent_before_a_claw_back_is_owed_and_repaid_first(luren):
    issue(luren, 10, "a")
    spend(luren, 6, "b")
    clawed = ledger.claw_back(key="a", claw_key="c", at=NOON)
    assert clawed.to_debt == 6
    assert stand(luren) == (0, 0, 0, 6)
    assert issue(luren, 5, "d").to_debt == 5
    assert stand(luren) == (0, 0, 0, 1)
    issue(luren, 5, "e")
    assert stand(luren) == (4, 0, 0, 0)


def test_a_restoration_undoes_the_claw_back_whatever_was_repaid_since(luren):
    issue(luren, 10, "a", days=100)
    spend(luren, 6, "b")
    ledger.claw_back(key="a", claw_key="c", at=NOON)
    issue(luren, 5, "d")
    ledger.restore(claw_key="c", restore_key="r", at=NOON)
    # As if it had never happened: 10 − 6 + 5.
    assert stand(luren) == (9, 0, 0, 0)
    assert ledger.restore(claw_key="c", restore_key="r2", at=NOON) is None
    ledger.claw_back(key="a", claw_key="c2", at=NOON)
    assert stand(luren) == (0, 0, 0, 1)


def test_a_kept_promise_is_clawed_back_by_the_key_of_the_promise(luren):
    ledger.pend(member=luren.id, amount=10, key="p", cause="comment", subject="comment:1", at=NOON)
    ledger.post_pending(key="p", at=NOON)
    ledger.claw_back(key="p", claw_key="c", at=NOON)
    assert stand(luren) == (0, 0, 0, 0)
    assert totals().clawed_back == 10


def test_what_has_expired_is_gone_and_cannot_be_spent(luren):
    issue(luren, 5, "a", days=10)
    with pytest.raises(ledger.TooFew) as told:
        spend(luren, 5, "b", at=NOON + 10 * DAY)
    assert told.value.available == 0


def test_expiry_takes_what_is_left_once(luren):
    issue(luren, 5, "a", days=10)
    spend(luren, 2, "b")
    assert ledger.expire_lots(at=NOON + 10 * DAY) == 1
    assert ledger.expire_lots(at=NOON + 10 * DAY) == 0
    assert stand(luren) == (0, 0, 0, 0)
    assert totals().expired == 3


def test_a_statement_runs_from_the_newest_with_the_balance_after_each(luren):
    issue(luren, 5, "a")
    issue(luren, 10, "b")
    spend(luren, 7, "c")
    assert [(e.amount, e.balance) for e in statement(luren.id)] == [(-7, 8), (10, 15), (5, 5)]


@pytest.mark.django_db(transaction=True)
def test_feathers_do_not_move_outside_of_a_transaction(luren):
    with pytest.raises(OutsideTransaction):
        issue(luren, 5, "a")
    with transaction.atomic():
        issue(luren, 5, "a")
