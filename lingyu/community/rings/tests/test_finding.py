"""A campaign by several accounts is found, explained, and becomes cases only when a person says so."""

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.cases.models import Case
from lingyu.community.pact.standings import standing_of
from lingyu.community.rings import actions
from lingyu.community.rings.gathering import _domains, _handles
from lingyu.community.rings.models import Ring


def test_accounts_that_post_the_same_at_once_are_a_ring_with_its_reasons(crowd):
    people, other = crowd
    assert actions.find_rings(actor=None) == 1
    ring = Ring.objects.get()
    members = set(ring.belongings.values_list("member", flat=True))
    assert members == {p.id for p in people}
    assert other.id not in members
    codes = {sign["code"] for edge in ring.edges for sign in edge["signs"]}
    assert {"text", "burst", "young"} <= codes
    assert actions.find_rings(actor=None) == 0


def test_nobody_is_looked_at_before_a_person_confirms(crowd, dapeng):
    people, _other = crowd
    actions.find_rings(actor=None)
    before = Case.objects.filter(origin="coordination").count()
    begun = actions.answer(actor=dapeng, ring=Ring.objects.get(), outcome="confirmed", words="同一段文案")
    assert before == 0
    assert {case.member_id for case in begun} == {p.id for p in people}
    assert all(standing_of(p).rung.code == "clear" for p in people)
    with pytest.raises(ValidationError, match="meanwhile|已有人"):
        actions.answer(actor=dapeng, ring=Ring.objects.get(), outcome="dismissed", words="再想想")


def test_what_a_person_dismissed_is_not_shown_again(crowd, dapeng):
    actions.find_rings(actor=None)
    actions.answer(actor=dapeng, ring=Ring.objects.get(), outcome="dismissed", words="一个班的同学")
    assert actions.find_rings(actor=None) == 0
    assert Ring.objects.count() == 1


def test_contacts_and_domains_are_read_as_the_screening_reads_them():
    assert _handles("想要的加薇♥：abc_12345") == _handles("加微信abc_12345领资料") != set()
    assert _handles("留存那段写得很清楚") == set()
    assert _domains("见 https://a.shop.example.com/x 和 www.shop.example.com") == {"example.com"}
