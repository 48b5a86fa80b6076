"""What moderators see of a ring and do with it: reasons in words, a drawing, an answer with words."""

import pytest
from django.urls import reverse

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Case
from lingyu.community.pact.models import Screening
from lingyu.community.rings import actions, reading
from lingyu.community.rings.graph import REASONS
from lingyu.community.rings.models import Ring
from lingyu.community.rings.names import KINDS
from lingyu.community.rings.privacy import forget_rings


@pytest.fixture
def ring(crowd) -> Ring:
    actions.find_rings(actor=None)
    return Ring.objects.get()


@pytest.fixture
def moderator(dapeng, client_of):
    """大鹏's browser."""
    return client_of(dapeng)


def said(answer, status=200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def drawing(page: str) -> str:
    """The drawn network alone."""
    return page.partition('<svg class="network"')[2].partition("</svg>")[0]


def answer(browser, ring, **told):
    return browser.post(reverse("answer_ring", args=[ring.id]), told, follow=True)


def test_every_kind_of_reason_has_a_name_and_fills_its_sentence():
    assert KINDS.keys() == REASONS.keys()
    values = {"percent": "87%", "evidence": "…", "value": "x.example", "minutes": 3, "way": "甲 → 乙 → 甲"}
    signs = [{"code": code, "fullness": 1.0, "values": values} for code in REASONS]
    told = reading.reasons(signs)
    assert len(told) == len(REASONS)
    assert not [reason for reason in told if "%(" in reason.words]
    assert [r.weight for r in told] == sorted((r.weight for r in told), reverse=True)


def test_a_hundred_like_posts_are_told_as_a_few():
    sign = {"code": "text", "fullness": 0.9, "values": {"percent": "90%", "evidence": "…"}}
    assert len(reading.reasons([sign] * 100)) == reading.TOLD


def test_the_list_shows_what_waits_and_why(ring, moderator):
    page = said(moderator.get("/review/rings/"))
    assert "4 accounts" in page
    assert "Like texts" in page
    assert "No ring has been answered yet" in said(moderator.get("/review/rings/?show=answered&page=9"))


def test_without_rings_the_page_says_what_is_looked_for(moderator):
    assert "No ring waits" in said(moderator.get("/review/rings/"))


def test_a_ring_is_drawn_and_each_edge_has_its_reasons_in_words(ring, moderator):
    page = said(moderator.get(f"/review/rings/{ring.id}/"))
    assert drawing(page).count("<circle") == 4
    assert drawing(page).count("<line") == len(ring.edges)
    assert "They posted nearly the same text" in page
    assert "Both accounts are younger than a week." in page
    assert page.count('name="members"') == 4


def test_in_chinese_the_reasons_are_chinese(ring, dapeng, client_of):
    page = said(client_of(dapeng, "zh-hans").get(f"/review/rings/{ring.id}/"))
    assert "几乎相同" in page
    assert "They posted" not in page


def test_confirming_begins_cases_about_the_chosen_accounts_only(ring, crowd, moderator):
    people, _other = crowd
    chosen = [str(p.id) for p in people[:3]]
    page = said(answer(moderator, ring, outcome="confirmed", words="同一段文案", members=chosen))
    assert "Confirmed: 3 cases wait now." in page
    begun = Case.objects.filter(origin="coordination")
    assert {case.member_id for case in begun} == {p.id for p in people[:3]}
    for case in begun:
        assert reverse("review_case", args=[case.id]) in page
    assert "同一段文案" in said(moderator.get("/review/rings/?show=answered"))


def test_what_begins_against_its_members_later_stands_on_the_page_too(ring, crowd, moderator, dapeng, luren):
    people, _other = crowd
    answer(moderator, ring, outcome="confirmed", words="同一段文案", members=[str(people[0].id)])
    ring.refresh_from_db()
    at_once = Case.objects.get()
    assert not reading.later(ring)
    page = said(moderator.get(f"/review/rings/{ring.id}/"))
    assert "since then" not in page
    theirs = Screening.objects.filter(member=people[1]).latest("at").subject
    case = cases.report(actor=luren, subject=theirs, clause="3.3").case
    assert list(reading.later(ring)) == [case]
    assert list(reading.begun(ring)) == [at_once]
    page = said(moderator.get(f"/review/rings/{ring.id}/"))
    assert "Cases about its members since then" in page
    assert reverse("review_case", args=[case.id]) in page


def test_dismissing_begins_nothing(ring, moderator):
    page = said(answer(moderator, ring, outcome="dismissed", words="一个班的同学"))
    assert "not shown as a ring again" in page
    assert not Case.objects.filter(origin="coordination").exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"outcome": "confirmed", "words": ""}, "Say by what you know"),
        ({"words": "同一段文案"}, "Say whether they act together"),
        ({"outcome": "confirmed", "words": "同一段文案"}, "Choose the accounts"),
        ({"outcome": "confirmed", "words": "好", "members": ["nonsense"]}, "nonsense is not one"),
    ],
)
def test_an_answer_that_lacks_something_keeps_what_was_typed(ring, moderator, told, words):
    page = said(answer(moderator, ring, **told), 422)
    assert words in page
    assert told["words"] in page
    assert not Ring.objects.get().answer


def test_a_second_answer_is_told_that_somebody_was_quicker(ring, moderator):
    answer(moderator, ring, outcome="dismissed", words="一个班的同学")
    assert "meanwhile" in said(answer(moderator, ring, outcome="dismissed", words="再说一次"))


def test_nobody_answers_a_ring_that_they_belong_to(ring, crowd, client_of):
    people, _other = crowd
    accounts.grant_role(actor=None, member=people[0], role="moderator")
    browser = client_of(Member.objects.get(id=people[0].id))
    assert "You are in this ring yourself" in said(browser.get(f"/review/rings/{ring.id}/"))
    chosen = [str(p.id) for p in people]
    answer(browser, ring, outcome="dismissed", words="没有的事", members=chosen)
    assert not Ring.objects.get().answer


def test_only_who_decides_cases_sees_rings(ring, luren, aque, client_of):
    for member in (luren, aque):
        for path in ("/review/rings/", f"/review/rings/{ring.id}/"):
            assert client_of(member).get(path).status_code == 403


def test_the_page_stands_when_an_account_has_left_a_confirmed_ring(ring, crowd, moderator, dapeng):
    people, _other = crowd
    actions.answer(actor=dapeng, ring=ring, outcome="confirmed", words="同一段文案")
    for deed in forget_rings(Erasure(member=people[0])):
        deed.rows.delete()
    page = said(moderator.get(f"/review/rings/{ring.id}/"))
    assert drawing(page).count("<circle") == 3
