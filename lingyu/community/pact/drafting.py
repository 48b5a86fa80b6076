"""A next version of the pact from what a form says, clause by clause.

Holds the reading of the form and its bounds. Announces nothing: `actions.announce` does.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.text import legible

from .clauses import DETECTIONS, STRENGTHS, Clause, Pact
from .versions import NOTICE

WORDS_LIMIT = 1_000


def drafted(base: Pact, sent: Mapping[str, str]) -> Pact:
    """`base` with what was sent for each clause, as `<code>.<field>`; what was not sent stays.

    Raises ValidationError that names the clause whose values are none.
    """
    categories = tuple(
        replace(category, clauses=tuple(_clause(clause, sent) for clause in category.clauses))
        for category in base.categories
    )
    by_code = {clause.code: clause for category in categories for clause in category.clauses}
    return Pact(version=str(int(base.version) + 1), categories=categories, by_code=by_code)


def earliest(now: datetime) -> date:
    """The first day on which a version that is announced now may come into force."""
    return timezone.localdate(now + NOTICE) + timedelta(days=1)


def first_moment(text: str) -> datetime:
    """When the day that a form names begins; ValidationError for what is no day."""
    try:
        day = date.fromisoformat(text)
        return timezone.make_aware(datetime(day.year, day.month, day.day))
    except (ValueError, OverflowError) as error:
        raise ValidationError(_("Choose the day on which it comes into force.")) from error


def _clause(clause: Clause, sent: Mapping[str, str]) -> Clause:
    def value(field: str):
        return sent.get(f"{clause.code}.{field}", getattr(clause, field))

    words = {field: _words(clause, value(field)) for field in ("words_zh", "words_en")}
    severity, detection, strongest = str(value("severity")), value("detection"), value("strongest")
    if (
        severity not in "12345"
        or len(severity) != 1
        or detection not in DETECTIONS
        or strongest not in STRENGTHS
    ):
        raise ValidationError(
            _("Clause %(code)s: choose among what is offered."), params={"code": clause.code}
        )
    if detection != "automatic" and strongest != "none":
        raise ValidationError(
            _("Clause %(code)s: what no machine looks for, no machine may refuse."),
            params={"code": clause.code},
        )
    return replace(clause, severity=int(severity), detection=detection, strongest=strongest, **words)


def _words(clause: Clause, text: str) -> str:
    text = " ".join(legible(text).split())
    if not text:
        raise ValidationError(
            _("Clause %(code)s says nothing in one language."), params={"code": clause.code}
        )
    if len(text) > WORDS_LIMIT:
        raise ValidationError(
            _("Clause %(code)s: at most %(limit)d characters."),
            params={"code": clause.code, "limit": WORDS_LIMIT},
        )
    return text
