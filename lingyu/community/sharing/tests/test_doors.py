"""Invited friends come in by the pages: the browser carries who invited them through the sign-up."""

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.sharing import actions, links
from lingyu.community.sharing.models import Invitation, Trace

from .known import CHROME, WECHAT, browser

pytestmark = pytest.mark.django_db
SIGN_UP = {"username": "翠鸟", "email": "kingfisher@example.com", "password1": "seven-blue-feathers"}


def test_signing_up_in_the_browser_that_came_ties_the_newcomer_to_the_inviter(luren):
    link = actions.make_link(actor=luren)
    friend = browser(address="198.51.100.4")
    page = friend.get(f"/i/{links.code(link.number, None)}/").content.decode()
    assert "路人 invites you" in page
    assert friend.post("/accounts/signup/", SIGN_UP).status_code == 302
    made = Invitation.objects.get()
    assert (made.inviter, made.invitee.username, made.state) == (luren, "翠鸟", "joined")
    assert {t.kind for t in Trace.objects.filter(member=made.invitee)} == {"browser", "device"}


def test_a_refused_sign_up_invites_nobody(luren):
    link = actions.make_link(actor=luren)
    friend = browser()
    friend.get(f"/i/{links.code(link.number, None)}/")
    friend.post("/accounts/signup/", SIGN_UP | {"email": "nonsense"})
    assert not Invitation.objects.exists()


def test_the_same_person_in_another_browser_is_found_by_connection_and_name(luren):
    """Signed in with Chrome at home, then a "friend" signs up there in a private window."""
    home = browser(CHROME, address="203.0.113.9")
    accounts.set_password(actor=None, member=luren, password="quiet feathers")
    assert home.post("/accounts/login/", {"login": "路人", "password": "quiet feathers"}).status_code == 302
    link = actions.make_link(actor=luren)
    private = browser(CHROME, address="203.0.113.9")
    private.get(f"/i/{links.code(link.number, None)}/")
    private.post("/accounts/signup/", SIGN_UP)
    assert Invitation.objects.get().dismissed_because == "share.device"
    elsewhere = browser(WECHAT, address="198.51.100.8")
    elsewhere.get(f"/i/{links.code(link.number, None)}/")
    elsewhere.post("/accounts/signup/", SIGN_UP | {"username": "真朋友", "email": "real@example.com"})
    assert Invitation.objects.get(invitee__username="真朋友").state == "joined"


@pytest.mark.parametrize("code", ["forged", "1" * 17, "é", "z" * 3_000])
def test_a_forged_invitation_welcomes_and_ties_nobody(code, luren):
    actions.make_link(actor=luren)
    friend = browser()
    answer = friend.get(f"/i/{code}/")
    assert answer.status_code == 200
    assert "Welcome to Lingyu" in answer.content.decode() and "路人" not in answer.content.decode()
    friend.post("/accounts/signup/", SIGN_UP)
    assert not Invitation.objects.exists()


def test_a_member_who_opens_an_invitation_is_led_to_the_articles(luren, dapeng, client_of):
    link = actions.make_link(actor=luren)
    answer = client_of(dapeng).get(f"/i/{links.code(link.number, None)}/")
    assert (answer.status_code, answer["location"]) == (302, "/")
