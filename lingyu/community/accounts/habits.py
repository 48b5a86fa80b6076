"""How the site speaks to a member, told to their browser: the language, and times by distance or exact.

And the other way round: by which name a member knows the browser they use.

Cookies, so that a page costs no query for it, and so that the pages before a log-in keep to it too.
"""

from django.conf import settings
from django.http import HttpResponse

from .models import Member

TIMES_COOKIE = "times"
# In this order: most browsers also say the names of those that came before them.
BROWSERS = ("MicroMessenger", "Edg", "OPR", "Firefox", "Chrome", "Safari")
SYSTEMS = ("HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
NAMES = {"MicroMessenger": "WeChat", "Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}


def device(user_agent: str) -> str:
    """A browser and its system by their names, such as "Firefox · Windows"; else what it says of itself."""
    found = [next((n for n in known if n in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(NAMES.get(n, n) for n in found if n) or user_agent[:60]


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
