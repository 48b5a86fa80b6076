"""Looking up why somebody (not) got feathers, asking for an adjustment, and the ledger's health."""

import pytest
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.rules import RULES
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Account
from lingyu.community.ledger.reads import balance
from lingyu.operations.rewards.models import Adjustment

QUIZ = RULES["quiz.right"]
MEMBERS, ADJUSTMENTS = "/desk/rewards/members/", "/desk/rewards/adjustments/"
HEALTH = "/desk/rewards/health/"


@pytest.fixture
def second(db):
    """A second operator."""
    member = accounts.join(actor=None, username="second", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="operator")
    return member


@pytest.fixture
def tried(luren):
    """Two attempts of 路人: one earned, one about her own article."""
    for number, others in ((1, 1), (2, 0)):
        about = {"subject": f"article:{number}", "facts": {"others": others}}
        receipt = feathers.earn(actor=luren, member=luren, rule=QUIZ, **about)
    return receipt


def test_a_member_is_found_by_name_and_by_a_receipt(luren, tried, aque, client_of):
    desk = client_of(aque)
    for asked in ("路", luren.username, str(luren.id), str(tried.id)):
        assert str(luren.id) in desk.get(MEMBERS, {"q": asked}).content.decode(), asked
    assert "Nobody is called that" in desk.get(MEMBERS, {"q": "x" * 10_000}).content.decode()
    assert "Nobody is called that" in desk.get(MEMBERS, {"q": "<script>\0"}).content.decode()


def test_why_somebody_got_nothing_is_answered(luren, tried, aque, client_of):
    page = client_of(aque).get(f"{MEMBERS}{luren.id}").content.decode()
    # Which receipt, and its reason in the member's own words.
    assert "It has to be somebody else&#39;s article." in page
    assert "Not granted" in page
    only = client_of(aque).get(f"{MEMBERS}{luren.id}", {"outcome": "refused"}).content.decode()
    assert only.count('id="r-') == 1
    assert client_of(aque).get(f"{MEMBERS}{luren.id}", {"cause": "no.such"}).status_code == 200


def test_an_adjustment_is_asked_for_on_the_page_and_approved_by_another(luren, aque, second, client_of):
    asking, deciding = client_of(aque), client_of(second)
    assert asking.post(f"{MEMBERS}{luren.id}", {"amount": "30", "why": "found a bug"}).status_code == 302
    adjustment = Adjustment.objects.get()
    asking.post(f"{ADJUSTMENTS}{adjustment.id}/approve")
    assert balance(luren.id).available == 0
    assert "Somebody else has to approve" in asking.get(ADJUSTMENTS).content.decode()
    deciding.post(f"{ADJUSTMENTS}{adjustment.id}/approve")
    assert balance(luren.id).available == 30
    assert "Approved" in deciding.get(ADJUSTMENTS).content.decode()


def test_a_reward_is_taken_back_from_its_receipt(luren, aque, second, client_of):
    receipt = feathers.earn(actor=luren, member=luren, rule=QUIZ, subject="article:1", facts={"others": 1})
    page = f"{MEMBERS}{luren.id}"
    assert f"?take={receipt.id}" in client_of(aque).get(page).content.decode()
    client_of(aque).post(page, {"receipt": str(receipt.id), "why": "a script"})
    client_of(second).post(f"{ADJUSTMENTS}{Adjustment.objects.get().id}/approve")
    assert balance(luren.id).available == 0


def test_somebody_elses_receipt_cannot_be_taken_from_here(luren, xiaoxi, aque, client_of):
    receipt = feathers.earn(actor=luren, member=luren, rule=QUIZ, subject="article:1", facts={"others": 1})
    answer = client_of(aque).post(f"{MEMBERS}{xiaoxi.id}", {"receipt": str(receipt.id), "why": "x"})
    assert answer.status_code == 404
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize("wrong", [{"amount": "-5"}, {"amount": "0"}, {"amount": "5000"}, {"why": " "}])
def test_nonsense_is_told_and_nothing_is_asked(wrong, luren, aque, client_of):
    answer = client_of(aque).post(f"{MEMBERS}{luren.id}", {"amount": "5", "why": "x"} | wrong)
    assert answer.status_code == 200
    assert not Adjustment.objects.exists()


def test_addresses_that_lead_nowhere(aque, client_of):
    desk = client_of(aque)
    nobody = "0190c9a4-0000-7000-8000-000000000000"
    for address in (f"{MEMBERS}nobody", f"{MEMBERS}{nobody}", f"{ADJUSTMENTS}{nobody}", f"{HEALTH}x"):
        assert desk.get(address).status_code == 404, address
    for way in ("approve", "steal"):
        assert desk.post(f"{ADJUSTMENTS}{nobody}/{way}").status_code == 404


def test_only_who_manages_feathers_looks_people_up(luren, dapeng, client_of):
    for page in (MEMBERS, f"{MEMBERS}{luren.id}", ADJUSTMENTS, HEALTH):
        assert client_of(dapeng).get(page).status_code == 403


def test_a_sound_ledger_says_so_with_its_last_seal(tried, aque, client_of):
    ledger.seal(at=timezone.now())
    desk = client_of(aque)
    page = desk.get(HEALTH).content.decode()
    assert "The ledger is well" in page
    assert "lingyu verify-ledger" in page
    desk.post(HEALTH)
    assert "all add up" in desk.get(HEALTH).content.decode()


def test_what_does_not_add_up_stands_there_for_good(tried, luren, aque, client_of):
    account = Account.objects.get(kind="available", owner=str(luren.id))
    Account.objects.filter(id=account.id).update(balance=account.balance + 3)
    desk = client_of(aque)
    desk.post(HEALTH)
    page = desk.get(HEALTH).content.decode()
    assert "stay on record" in page or "stays on record" in page
    assert "add up to 3, not to 0" in page
    Account.objects.filter(id=account.id).update(balance=account.balance)
    desk.post(HEALTH)
    assert "add up to 3, not to 0" in desk.get(HEALTH).content.decode()
