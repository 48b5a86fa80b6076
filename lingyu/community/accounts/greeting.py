"""What other rooms do when somebody comes in by our doors: a registry, so that accounts know none of them.

Holds the registry. A greeting sees the browser that asks, which no fact does: what is carried from
before a sign-up to after it (an invitation) is taken over here.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .models import Member

Joining = Callable[[HttpRequest, Member], None]
SigningIn = Callable[[HttpRequest, Member, HttpResponse], None]

JOINING: dict[str, Joining] = {}
SIGNING_IN: dict[str, SigningIn] = {}


def on_joining(code: str):
    """Register a function of (request, new member); it runs in the transaction that admits the member."""

    def register(greet: Joining) -> Joining:
        JOINING[code] = greet
        return greet

    return register


def on_signing_in(code: str):
    """Register a function of (request, member, answer) for every log-in; it may set cookies."""

    def register(greet: SigningIn) -> SigningIn:
        SIGNING_IN[code] = greet
        return greet

    return register


def joined(request: HttpRequest, member: Member) -> None:
    """Let every room greet a new member."""
    for greet in JOINING.values():
        greet(request, member)


def signed_in(request: HttpRequest, member: Member, answer: HttpResponse) -> HttpResponse:
    """Let every room greet who logs in; the answer, with what they put on it."""
    for greet in SIGNING_IN.values():
        greet(request, member, answer)
    return answer
