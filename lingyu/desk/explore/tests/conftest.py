"""A log of the house with what an app's people did, and the address bar of somebody who explores it."""

from datetime import timedelta
from html.parser import HTMLParser

import msgspec
import pytest
from django.utils import timezone

from lingyu.kernel.operations import in_order
from lingyu.store.log.tests.making import NOON, days, fact, hours, user

# Monday to Sunday, in which Monday is NOON's day.
WEEK = "period=custom&from=2026-03-02&to=2026-03-08"


@pytest.fixture
def app(tell):
    """Three people's week: all open on Monday, two sign up an hour later, one of them pays on Wednesday."""
    xi, peng, que = user("xi"), user("peng"), user("que")
    return tell(
        fact("opened", xi, channel="mail"),
        fact("opened", peng, channel="mail"),
        fact("opened", que, channel="ad"),
        fact("opened", xi, at=days(1), channel="mail"),
        fact("signed_up", xi, at=hours(1), method="mail"),
        fact("signed_up", peng, at=hours(3), method="phone"),
        fact("paid", xi, at=days(2), price=30, channel="mail"),
        fact("opened", que, at=days(6), channel="ad"),
    )  # fmt: skip


def ago(number: float) -> timedelta:
    """What `fact` needs as `at` to have happened so many days before now."""
    return timezone.now() - timedelta(days=number) - NOON


@pytest.fixture
def explore(client_of, aque):
    """`explore("trend/?step=opened")`: the answer of an address below the first desk's explore, for 阿鹊."""

    def explore(address: str = "", language: str = "en", person=aque, **headers):
        code = in_order()[0].code
        return client_of(person, language).get(f"/desk/{code}/explore/{address}", headers=headers)

    return explore


@pytest.fixture
def post(client_of, aque):
    """`post("trend/save", title="…")`: what a form there sends."""

    def post(where: str, person=aque, **fields):
        return client_of(person).post(f"/desk/{in_order()[0].code}/explore/{where}", fields)

    return post


class _Reader(HTMLParser):
    """Rows of all tables, and the text of a page."""

    def __init__(self):
        super().__init__()
        self.rows, self.text, self._cell, self._quiet = [], [], None, 0

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag in ("script", "style"):
            self._quiet += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag in ("script", "style"):
            self._quiet -= 1

    def handle_data(self, data):
        if self._cell is not None:
            self._cell.append(data)
        if not self._quiet:
            self.text.append(data)


def rows_of(answer) -> list[list[str]]:
    """The rows of a page's tables, heads and all."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return [row for row in reader.rows if row]


def text_of(answer) -> str:
    """What a page says, in one line."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return " ".join("".join(reader.text).split())


def moved(one, by: timedelta):
    """A fact at another time."""
    return msgspec.structs.replace(one, occurred_at=one.occurred_at + by, received_at=one.received_at + by)
