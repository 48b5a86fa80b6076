"""A month's numbers as files: a table for people, data for whoever computes them again.

Holds columns, rows and values; `lingyu.store.sheets` writes the table.
"""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.store.sheets import Column

from .definitions import name_of, number_of
from .showing import Shown


def columns() -> list[Column]:
    """Those of the table."""
    return [
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("unit", _("Unit")),
        Column("published", _("As published"), "number"),
        Column("today", _("As of today"), "number"),
        Column("about", _("Definition")),
    ]


def rows(found: Shown) -> Iterator[tuple]:
    """A line a number, parts and bounds included."""
    language = get_language() or "en"
    for code in sorted(found.said.keys() | found.today.keys()):
        number = number_of(code)
        cells = (found.said.get(code), found.today.get(code))
        yield code, name_of(code, language), number.unit, *cells, _(number.about)


def data(found: Shown) -> dict:
    """The publication to the letter (None before it is published), and the numbers as of today."""
    row = found.publication
    published = row and {
        "content": row.content,
        "before": row.before,
        "digest": row.digest,
        "at": row.at.isoformat(),
    }
    today = {"known": found.known.isoformat(), "numbers": dict(found.today)}
    return {"month": str(found.month), "published": published, "today": today}
