"""The cast: the people that every test knows.

小喜 writes, 大鹏 moderates, 阿鹊 operates, 路人 may do nothing but take part. They enter by the same
door as everybody (`actions.join`); tests log in with `client_of`, no one types the password.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from lingyu.community.accounts import actions
from lingyu.community.accounts.models import Member, Visitor
from lingyu.kernel.events import Event
from lingyu.store.models import Envelope
from lingyu.store.outbox import open_envelope


def _enter(name: str, *roles: str) -> Member:
    member = actions.join(actor=None, username=name, password="of the cast")
    for role in roles:
        actions.grant_role(actor=None, member=member, role=role)
    return member


@pytest.fixture
def xiaoxi(db) -> Member:
    """小喜, who writes articles."""
    return _enter("小喜", "author")


@pytest.fixture
def dapeng(db) -> Member:
    """大鹏, who moderates comments."""
    return _enter("大鹏", "moderator")


@pytest.fixture
def aque(db) -> Member:
    """阿鹊, who works at the desks."""
    return _enter("阿鹊", "operator")


@pytest.fixture
def luren(db) -> Member:
    """路人, a member without any role."""
    return _enter("路人")


@pytest.fixture
def anonymous() -> Visitor:
    """Someone who has not logged in."""
    return Visitor()


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """`client_of(member, language="en")`: a browser in which that person is logged in."""

    def client(member: Member | Visitor, language: str = "en") -> Client:
        browser = Client(headers={"accept-language": language})
        if member.is_authenticated:
            browser.force_login(member)
        return browser

    return client


@pytest.fixture
def facts(db) -> Callable[[type[Event]], list[Event]]:
    """`facts(CommentPosted)`: every fact of one kind that is in the outbox, in the order recorded."""

    def recorded(kind: type[Event]) -> list[Event]:
        envelopes = Envelope.objects.filter(event=kind.name).order_by("recorded_at")
        return [event for envelope in envelopes for event in open_envelope(kind, envelope.body)]

    return recorded
