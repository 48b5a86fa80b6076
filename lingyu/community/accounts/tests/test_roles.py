"""Roles are rows: granted, revoked, and answered for by members and visitors."""

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.accounts import actions
from lingyu.community.accounts.events import MemberJoined, RoleGranted, RoleRevoked
from lingyu.community.accounts.models import Member, RoleGrant
from lingyu.kernel.access import PERMISSIONS, REVIEW_COMMENT, WRITE_ARTICLE


def test_every_member_may_take_part_and_a_visitor_may_only_read(luren, anonymous):
    assert luren.may("site.take_part")
    assert not luren.may(WRITE_ARTICLE)
    assert anonymous.may("site.read")
    assert not anonymous.may("site.take_part")


def test_each_of_the_cast_may_do_their_own_work_only(xiaoxi, dapeng, aque):
    work = {xiaoxi: WRITE_ARTICLE, dapeng: REVIEW_COMMENT, aque: "desk.open"}
    for member in work:
        assert {code for code in work.values() if member.may(code)} == {work[member]}


def test_an_administrator_may_do_everything_there_is(luren):
    actions.grant_role(actor=None, member=luren, role="administrator")
    assert all(luren.may(code) for code in PERMISSIONS)
    assert luren.is_staff


def test_a_permission_that_nobody_declared_is_an_error_and_not_a_no(luren, anonymous):
    with pytest.raises(KeyError):
        luren.may("article.wrote")
    with pytest.raises(KeyError):
        anonymous.may("article.wrote")


def test_a_closed_account_may_only_read(xiaoxi):
    Member.objects.filter(id=xiaoxi.id).update(is_active=False)
    closed = Member.objects.get(id=xiaoxi.id)
    assert closed.may("site.read")
    assert not closed.may("site.take_part")
    assert not closed.may(WRITE_ARTICLE)


def test_a_revoked_role_is_kept_as_history_and_may_be_granted_again(aque, xiaoxi):
    assert actions.revoke_role(actor=aque, member=xiaoxi, role="author")
    assert not xiaoxi.may(WRITE_ARTICLE)
    assert not actions.revoke_role(actor=aque, member=xiaoxi, role="author")
    actions.grant_role(actor=aque, member=xiaoxi, role="author")
    assert xiaoxi.may(WRITE_ARTICLE)
    assert RoleGrant.objects.filter(member=xiaoxi).count() == 2
    revoked = RoleGrant.objects.get(member=xiaoxi, revoked_at__isnull=False)
    assert revoked.revoked_by == aque


def test_granting_twice_is_one_grant_and_one_fact(aque, luren, facts):
    actions.grant_role(actor=aque, member=luren, role="moderator")
    actions.grant_role(actor=aque, member=luren, role="moderator")
    assert luren.grants.standing().count() == 1
    granted = [f for f in facts(RoleGranted) if f.person == luren.key]
    assert [(f.role, f.actor) for f in granted] == [("moderator", aque.key)]


def test_an_unknown_role_is_refused_by_name(luren):
    with pytest.raises(ValidationError, match="emperor"):
        actions.grant_role(actor=None, member=luren, role="emperor")
    assert not luren.grants.exists()


def test_joining_and_losing_a_role_are_facts_about_the_member(luren, aque, facts):
    actions.revoke_role(actor=luren, member=aque, role="operator")
    assert luren.key in {f.person for f in facts(MemberJoined)}
    assert [(f.person, f.actor, f.role) for f in facts(RoleRevoked)] == [(aque.key, luren.key, "operator")]


def test_permissions_cost_one_query_however_often_they_are_asked(xiaoxi, django_assert_num_queries):
    fresh = Member.objects.get(id=xiaoxi.id)
    with django_assert_num_queries(1):
        assert fresh.may(WRITE_ARTICLE)
        assert not fresh.may(REVIEW_COMMENT)
        assert not fresh.is_staff


@pytest.mark.parametrize("name", ["a", "a b", "a@b", "-dash", "x" * 31, "小喜/..", "a\nb"])
def test_a_username_that_would_break_an_address_or_a_log_in_is_refused(db, name):
    with pytest.raises(ValidationError):
        actions.join(actor=None, username=name)
    assert not Member.objects.exists()


def test_names_that_differ_only_in_case_or_width_are_one_name(db):
    actions.join(actor=None, username="Lingyu")
    for twin in ("lingyu", "LINGYU", "ｌｉｎｇｙｕ"):
        with pytest.raises(ValidationError):
            actions.join(actor=None, username=twin)
