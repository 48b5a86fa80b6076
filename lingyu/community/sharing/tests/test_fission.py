"""The tree of who brought whom, worked by hand."""

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.actions.erasures import ask_erasure, erase_due
from lingyu.community.accounts.models import Member
from lingyu.community.sharing import actions, fission
from lingyu.community.sharing.fission import Generation, Node
from lingyu.community.sharing.models import Arrival, Invitation, ShareLink, Trace

from .known import DAY, HOUR, NOON, comes, comes_and_reads, seen, someone

pytestmark = pytest.mark.django_db


def invites(inviter, name, at, visitor=None):
    visitor = visitor or someone()
    comes(actions.make_link(actor=inviter, at=NOON - DAY), visitor, at)
    member = accounts.join(actor=None, username=name, at=at)
    actions.accept_invitation(actor=member, signals=seen(visitor), at=at)
    actions.note_trace(actor=member, signals=seen(visitor), at=at)
    return member


@pytest.fixture
def family(luren, link, article):
    """路人 brings 甲甲 and 乙乙, 甲甲 brings 丙丙; 路人's article link brings one reader, 甲甲's another."""
    first = invites(luren, "甲甲", NOON)
    second = invites(luren, "乙乙", NOON + HOUR)
    third = invites(first, "丙丙", NOON + 2 * HOUR)
    comes_and_reads(link, someone(), NOON)
    comes(link, someone(), NOON)
    comes(link, someone(), NOON, bot=True)
    comes_and_reads(
        actions.make_link(actor=first, article=article, at=NOON + HOUR), someone(), NOON + 2 * HOUR
    )
    Invitation.objects.filter(invitee=second).update(active_at=NOON + 3 * HOUR)
    return first, second, third


def test_the_tree_of_a_root_tells_whom_each_brought(family, luren):
    first, second, third = family
    assert fission.tree(luren) == [
        Node(luren.id, None, 0, "", links=2, arrivals=4, readers=1),
        Node(first.id, luren.id, 1, "joined", links=2, arrivals=2, readers=1),
        Node(second.id, luren.id, 1, "active"),
        Node(third.id, first.id, 2, "joined"),
    ]
    assert fission.root_of(third) == fission.root_of(luren) == luren.id


def test_generations_and_their_k(family, luren, dapeng):
    assert fission.generations(luren) == [
        Generation(0, members=1, links=2, arrivals=4, readers=1, joined=2, active=1),
        Generation(1, members=2, links=2, arrivals=2, readers=1, joined=1, active=0),
        Generation(2, members=1, links=0, arrivals=0, readers=0, joined=0, active=0),
    ]
    assert [g.k for g in fission.generations(luren)] == [2.0, 0.5, 0.0]
    actions.make_link(actor=dapeng)
    whole = fission.generations()
    assert (whole[0].members, whole[0].links, whole[0].k) == (2, 3, 1.0)
    assert fission.generations(dapeng)[0].k == 0.0


def test_an_empty_house_has_no_k(db):
    assert [(g.members, g.k) for g in fission.generations()] == [(0, None)]


def test_a_cascade_counts_links_by_how_many_lie_before_them(link, article, dapeng):
    comes_and_reads(link, dapeng)
    again = actions.make_link(actor=dapeng, article=article, at=NOON + HOUR)
    comes_and_reads(again, someone(), NOON + 2 * HOUR)
    comes_and_reads(again, someone(), NOON + 3 * HOUR)
    assert fission.cascade(article) == [(0, 1, 1), (1, 1, 2)]


def test_an_erased_inviter_leaves_a_valid_tree_without_personal_data(family, luren, aque):
    first, _second, third = family
    before = fission.generations(luren)
    actions.note_trace(actor=first, signals=seen(someone()), at=NOON)
    ask_erasure(actor=first, at=NOON + DAY)
    assert erase_due(now=NOON + 9 * DAY) == 1
    assert fission.generations(luren) == before
    assert [n.member for n in fission.tree(luren)][-1] == third.id
    assert Invitation.objects.get(invitee=third).inviter.erased_at is not None
    assert not Trace.objects.filter(member=first).exists()
    assert not ShareLink.objects.standing().filter(member=first).exists()
    assert not Arrival.objects.filter(member=first, browser__isnull=False).exists()
    assert Member.objects.get(id=first.id).username.startswith("erased-")


def test_an_erased_members_link_leads_on_and_brings_nobody_anything(link, luren):
    ask_erasure(actor=luren, at=NOON)
    erase_due(now=NOON + 8 * DAY)
    link.refresh_from_db()
    assert comes(link, someone(), NOON + 9 * DAY) is None


def test_what_visitors_were_known_by_is_let_go_of_in_time(link):
    comes(link, someone(), NOON)
    comes(link, someone(), NOON, bot=True)
    assert actions.forget_signals(now=NOON + 59 * DAY) == 0
    assert actions.forget_signals(now=NOON + 61 * DAY) == 1
    assert Arrival.objects.filter(device__isnull=False).count() == 0
    assert actions.forget_signals(now=NOON + 401 * DAY) == 1
    assert actions.forget_signals(now=NOON + 401 * DAY) == 0
    assert list(Arrival.objects.values_list("browser", flat=True)) in ([None, "program"], ["program", None])
