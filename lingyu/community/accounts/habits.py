"""How the site speaks to a member, told to their browser: the language, and times by distance or exact.

Cookies, so that a page costs no query for it, and so that the pages before a log-in keep to it too.
"""

from django.conf import settings
from django.http import HttpResponse

from .models import Member

TIMES_COOKIE = "times"


def speak_to(member: Member, answer: HttpResponse) -> HttpResponse:
    """The answer, with the member's choices for the browser that gets it."""
    if member.language:
        _set(answer, settings.LANGUAGE_COOKIE_NAME, member.language)
    _set(answer, TIMES_COOKIE, "exact" if member.exact_times else "near")
    return answer


def _set(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
