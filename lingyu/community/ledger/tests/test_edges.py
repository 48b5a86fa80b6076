"""Cases at the edge: what has expired, keys used twice for different things, what cannot be hashed alike."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Lot, Transfer
from lingyu.community.ledger.reads import balance, totals
from lingyu.community.ledger.verify import verify

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
    expires = at + days * DAY if days else None
    about = {"cause": "quiz.right", "subject": "article:1", "at": at, "lot_expires_at": expires}
    return ledger.issue(member=member.id, amount=amount, key=key, **about)


def spend(member, amount, key, at=NOON):
    return ledger.spend(
        member=member.id, amount=amount, key=key, cause="article.unlock", subject="article:2", at=at
    )


def stand(member):
    b = balance(member.id)
    return b.available, b.held, b.pending, b.debt


def test_a_lot_that_has_expired_and_is_filled_again_expires_again(luren):
    issue(luren, 10, "a", days=3)
    spend(luren, 4, "b")
    assert ledger.expire_lots(at=NOON + 3 * DAY) == 1
    # Told of late, by an event that happened before the expiry.
    ledger.refund(key="b", refund_key="c", at=NOON + 2 * DAY)
    assert stand(luren) == (4, 0, 0, 0)
    assert ledger.expire_lots(at=NOON + 4 * DAY) == 1
    assert stand(luren) == (0, 0, 0, 0)
    assert totals().expired == 10


def test_a_refund_does_not_bring_back_what_expired_beside_it(luren):
    issue(luren, 10, "a", days=3)
    spend(luren, 4, "b")
    # Nobody has swept the lot yet.
    ledger.refund(key="b", refund_key="c", at=NOON + 5 * DAY)
    assert stand(luren) == (4, 0, 0, 0)
    assert Lot.objects.get().expires_at == NOON + 12 * DAY


def test_what_expired_is_lost_already_and_makes_no_debt_when_it_is_clawed_back(luren):
    issue(luren, 10, "a", days=3)
    spend(luren, 4, "b")
    issue(luren, 1, "c", at=NOON + DAY)
    clawed = ledger.claw_back(key="a", claw_key="k", at=NOON + 5 * DAY)
    # 6 had expired; of the 4 that were spent, 1 is there from another reward.
    assert clawed.to_debt == 3
    assert stand(luren) == (0, 0, 0, 3)
    assert (totals().expired, totals().clawed_back) == (0, 10)
    ledger.restore(claw_key="k", restore_key="s", at=NOON + 6 * DAY)
    assert stand(luren) == (1, 0, 0, 0)
    assert (totals().expired, totals().clawed_back) == (6, 0)
    assert ledger.claw_back(key="a", claw_key="k2", at=NOON + 7 * DAY).to_debt == 3


def test_lots_that_expire_at_the_same_moment_are_taken_in_the_order_they_came(luren):
    first = issue(luren, 5, "a", days=10)
    second = issue(luren, 5, "b", days=10)
    spend(luren, 6, "c")
    left = {lot.id: lot.left for lot in Lot.objects.all()}
    assert left == {first.transfer: 0, second.transfer: 4}


@pytest.mark.parametrize("reverse", ["refund", "claw_back", "restore"])
def test_a_reversals_key_that_was_used_for_another_original_is_refused(luren, reverse):
    for name in "ab":
        issue(luren, 10, name)
        spend(luren, 5, f"spent {name}")
        if reverse == "restore":
            ledger.claw_back(key=name, claw_key=f"claw {name}", at=NOON)
    words = {
        "refund": lambda name: {"key": f"spent {name}", "refund_key": "again"},
        "claw_back": lambda name: {"key": name, "claw_key": "again"},
        "restore": lambda name: {"claw_key": f"claw {name}", "restore_key": "again"},
    }[reverse]
    act = getattr(ledger, reverse)
    assert act(**words("a"), at=NOON).new
    assert not act(**words("a"), at=NOON).new
    with pytest.raises(ledger.KeyReused):
        act(**words("b"), at=NOON)


def test_a_refund_of_another_amount_under_the_same_key_is_refused(luren):
    issue(luren, 10, "a")
    spend(luren, 8, "b")
    ledger.refund(key="b", refund_key="c", amount=2, at=NOON)
    with pytest.raises(ledger.KeyReused):
        ledger.refund(key="b", refund_key="c", amount=3, at=NOON)


def test_a_spend_that_was_made_is_answered_so_when_too_few_are_left_for_another(luren):
    issue(luren, 10, "a")
    assert spend(luren, 8, "b").new
    assert not spend(luren, 8, "b").new
    with pytest.raises(ledger.TooFew):
        spend(luren, 8, "c")


@pytest.mark.parametrize("amount", [1.5, True, "5", 10**13, -3])
def test_amounts_are_whole_numbers_above_nought_and_below_what_there_could_ever_be(luren, amount):
    with pytest.raises(ValueError, match="at least one"):
        issue(luren, amount, "a")


@pytest.mark.parametrize("about", [{"share": 0.1}, {"when": NOON}, {1: "one"}, {"deep": [{"x": 1e22}]}])
def test_what_a_database_may_write_otherwise_than_it_was_hashed_is_refused(luren, about):
    words = {"cause": "quiz", "subject": "x", "at": NOON, "about": about}
    with pytest.raises(ValueError, match=r"whole numbers|no name"):
        ledger.issue(member=luren.id, amount=1, key="a", **words)


def test_what_will_not_fit_its_column_is_refused_before_anything_follows_from_it(luren):
    with pytest.raises(ValueError, match="longer than 180"):
        issue(luren, 1, "k" * 181)
    issue(luren, 5, "k" * 180)
    ledger.claw_back(key="k" * 180, claw_key="c", at=NOON)


@pytest.mark.parametrize("text", ["羽毛 🪶", "a\\u0041\n\t\"'", "é e\u0301 \u202e"])
def test_words_of_any_script_verify(luren, text):
    words = {"cause": "quiz", "subject": text, "at": NOON, "about": {text: [text, None, {"n": 2**53}]}}
    ledger.issue(member=luren.id, amount=1, key=text, **words)


def test_many_lots_are_spent_at_once(luren):
    for number in range(30):
        issue(luren, 1, f"a{number}", days=100 - number)
    spend(luren, 25, "b")
    left = [lot.left for lot in Lot.objects.order_by("expires_at")]
    assert left == [0] * 25 + [1] * 5


def test_what_cannot_be_ended_holds_up_nobody_else(luren, xiaoxi, monkeypatch):
    from lingyu.community.ledger.actions import ending

    for person in (luren, xiaoxi):
        issue(person, 5, f"a {person.id}", days=1)
    sweep, refuses = ending.sweep, [luren.id]

    def stubborn(wallet, at):
        if wallet.member in refuses:
            raise RuntimeError("not now")
        return sweep(wallet, at)

    monkeypatch.setattr(ending, "sweep", stubborn)
    assert ledger.expire_lots(at=NOON + 2 * DAY) == 1
    assert (balance(luren.id).available, balance(xiaoxi.id).available) == (5, 0)
    with pytest.raises(RuntimeError):
        ledger.expire_lots(at=NOON + 2 * DAY)
    refuses.clear()
    assert ledger.expire_lots(at=NOON + 2 * DAY) == 1


def test_a_promise_with_a_short_life_keeps_it_to_the_second(luren):
    words = {"cause": "share", "subject": "x", "at": NOON, "lot_life": timedelta(hours=8)}
    ledger.pend(member=luren.id, amount=1, key="p", **words)
    ledger.post_pending(key="p", at=NOON + DAY)
    assert Lot.objects.get().expires_at == NOON + DAY + timedelta(hours=8)
    assert Transfer.objects.get(key="p").about["lot_seconds"] == 28_800
