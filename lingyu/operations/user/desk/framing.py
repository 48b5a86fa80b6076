"""The period of a page and the groups it is about, as its address tells."""

from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from lingyu.kernel.query import Period

from ..models import Group
from .reading import Book, open_book

LENGTHS = (7, 28, 90)
USUAL = 28


def period_of(request: HttpRequest) -> Period:
    """Whole days up to yesterday: today's are not over."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in LENGTHS else USUAL
    end = timezone.localdate() - timedelta(1)
    return Period(end - timedelta(days - 1), end)


def lengths(period: Period, base: str = "?") -> list[dict]:
    """The choice of lengths, as the look's segments take it."""
    return [
        {
            "label": ngettext("%(days)d day", "%(days)d days", n) % {"days": n},
            "href": f"{base}days={n}",
            "current": n == period.days,
        }
        for n in LENGTHS
    ]


def books(period: Period, groups: list[Group]) -> tuple[Book, Book]:
    """What was known when the period ended, and when the one before it did."""
    return open_book(groups, period.end), open_book(groups, period.start - timedelta(1))


def day(ordinal: int) -> date:
    """A day of a book."""
    return date.fromordinal(ordinal)
