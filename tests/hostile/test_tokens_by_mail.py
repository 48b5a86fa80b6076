"""Links that came by mail, sent again, changed, for somebody else, or too late: nothing comes of them."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import signing
from django.test import Client

from lingyu.community.accounts import actions
from lingyu.community.accounts.models import Member
from lingyu.community.notifications.letters import unsubscribe_address
from lingyu.community.notifications.models import Rhythm

PASSWORD = "seven-blue-feathers"
NEW = {"password1": "another-plume-1", "password2": "another-plume-1"}
DAYS = 86_400


@pytest.fixture
def anyone(db):
    """A browser that nobody is logged in to."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def kingfisher(db):
    """A member who has a password and an address that is not confirmed."""
    return actions.join(actor=None, username="翠鸟", email="kingfisher@example.com", password=PASSWORD)


@pytest.fixture
def heron(db):
    """Another one."""
    return actions.join(actor=None, username="heron", email="heron@example.com", password=PASSWORD)


def address_of(member, mail="", **more):
    """The member's address as the accounts know it."""
    mail = mail or member.email
    return EmailAddress.objects.update_or_create(user=member, email=mail, defaults=more or {"primary": True})[
        0
    ]


def confirm(anyone, key) -> int:
    """Follow a link of confirmation, and press the button."""
    anyone.get(f"/accounts/confirm-email/{key}/")
    return anyone.post(f"/accounts/confirm-email/{key}/").status_code


def changed(token: str) -> list[str]:
    """A token with a letter changed at the front, in the middle, at the end; cut, and too long."""
    spots = (0, len(token) // 2, len(token) - 2)
    turned = [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in spots]
    return [*turned, token[:-4], token[4:], token + "x"]


def test_an_address_is_confirmed_by_its_own_link_alone(anyone, kingfisher, heron):
    own, other = address_of(kingfisher), address_of(heron)
    key = EmailConfirmationHMAC(own).key
    for forged in [
        *changed(key),
        signing.dumps(own.pk),
        str(own.pk),
    ]:
        confirm(anyone, forged)
    assert not EmailAddress.objects.filter(verified=True).exists()
    assert confirm(anyone, key) == 302
    assert list(EmailAddress.objects.filter(verified=True)) == [own]
    assert not EmailAddress.objects.get(id=other.id).verified


def test_a_link_of_confirmation_counts_once_and_not_for_ever(anyone, kingfisher, monkeypatch):
    own = address_of(kingfisher)
    key = EmailConfirmationHMAC(own).key
    confirm(anyone, key)
    # Whatever becomes of the address later, the old link does not bring it back.
    own.delete()
    confirm(anyone, key)
    assert not EmailAddress.objects.exists()
    late = EmailConfirmationHMAC(address_of(kingfisher)).key
    now = signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 4 * DAYS)
    confirm(anyone, late)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_whose_address_was_confirmed_elsewhere_meanwhile_does_not_confirm_it_too(anyone, kingfisher, heron):
    mine = address_of(kingfisher, "shared@example.com", primary=False)
    key = EmailConfirmationHMAC(mine).key
    EmailAddress.objects.create(user=heron, email="shared@example.com", verified=True)
    confirm(anyone, key)
    held = EmailAddress.objects.filter(email="shared@example.com", verified=True)
    assert [a.user for a in held] == [heron]


def reset_link(anyone, mailoutbox, mail="kingfisher@example.com") -> str:
    """Ask for a new password; the link of the mail."""
    anyone.post("/accounts/password/reset/", {"email": mail})
    return re.findall(r"http://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[-1].body)[0]


def take(anyone, link) -> None:
    """Follow a link for a new password to its form, if there is one, and fill it in."""
    page = anyone.get(link, follow=True)
    anyone.post(page.request["PATH_INFO"], NEW)


def is_as_before(member) -> bool:
    """Whether the member's password still is the old one."""
    return Member.objects.get(id=member.id).check_password(PASSWORD)


def test_a_new_password_is_taken_by_the_link_of_the_mail_alone(anyone, kingfisher, heron, mailoutbox):
    link = reset_link(anyone, mailoutbox)
    theirs = reset_link(anyone, mailoutbox, "heron@example.com")
    whose, _, token = link.rstrip("/").rpartition("/")[2].partition("-")
    head = link.partition(whose + "-")[0]
    other = theirs.rstrip("/").rpartition("/")[2].partition("-")[0]
    assert other != whose
    forged = [
        f"{head}{other}-{token}/",
        *(f"{head}{whose}-{t}/" for t in changed(token)),
        f"{head}{whose}-set-password/",
    ]
    for one in forged:
        take(Client(), one)
    assert is_as_before(kingfisher) and is_as_before(heron)
    take(Client(), link)
    assert not is_as_before(kingfisher) and is_as_before(heron)


def test_a_link_for_a_new_password_counts_once_and_an_older_one_no_more(anyone, kingfisher, mailoutbox):
    first, second = reset_link(anyone, mailoutbox), reset_link(anyone, mailoutbox)
    take(Client(), second)
    actions.set_password(actor=None, member=kingfisher, password=PASSWORD)
    for used in (first, second):
        take(Client(), used)
    assert is_as_before(kingfisher)


def test_a_link_for_a_new_password_is_too_old_one_day(anyone, kingfisher, mailoutbox, settings):
    link = reset_link(anyone, mailoutbox)
    settings.PASSWORD_RESET_TIMEOUT = -1
    take(Client(), link)
    assert is_as_before(kingfisher)


def test_nothing_is_told_about_an_address_that_nobody_has(anyone, kingfisher, mailoutbox):
    pages = [
        anyone.post("/accounts/password/reset/", {"email": mail}, follow=True).content.decode()
        for mail in ("kingfisher@example.com", "nobody@example.com")
    ]
    plain = [re.sub(r'value="[^"]+"|nonce="[^"]+"', "", page) for page in pages]
    assert plain[0] == plain[1]


def test_the_token_of_one_mail_is_none_of_another(anyone, kingfisher, heron):
    address = unsubscribe_address(kingfisher).partition("/notifications/")[2]
    token = address.rstrip("/").rpartition("/")[2]
    key = EmailConfirmationHMAC(address_of(heron)).key
    for forged in (*changed(token), key, token.replace(kingfisher.id.hex, heron.id.hex)):
        assert anyone.post(f"/notifications/unsubscribe/{forged}/").status_code == 404
    confirm(anyone, token)
    assert Rhythm.of(kingfisher).period == Rhythm.of(heron).period == "daily"
    assert not EmailAddress.objects.filter(verified=True).exists()
