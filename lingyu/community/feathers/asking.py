"""What a member asks of their receipts: which of them, and what stood against the attempts among them.

Holds the reading of an address, the sums above the list, and the file of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import Named
from lingyu.store.sheets import Column, to_csv

from .explaining import OUTCOMES, ground, labelled, why
from .models import Receipt
from .rules import named

REASONS_SHOWN = 6


@dataclass(frozen=True)
class Asked:
    """Which receipts: of an outcome, of a rule or purpose, from one day to another; empty is all."""

    outcome: str = ""
    cause: str = ""
    since: date | None = None
    until: date | None = None

    def chosen(self) -> dict:
        """As `Receipt.objects.told` takes it."""
        return {"outcome": self.outcome, "cause": self.cause, "since": self.since, "until": self.until}

    def address(self, **changes) -> str:
        """The same question as an address's query, with some of it changed."""
        return urlencode({name: value for name, value in (self.chosen() | changes).items() if value})

    @property
    def narrowed(self) -> bool:
        """Whether anything but an outcome was chosen."""
        return bool(self.cause or self.since or self.until)


def read(params: QueryDict) -> Asked:
    """The question in an address; what cannot be read is not asked."""
    outcome, cause = params.get("outcome", ""), params.get("cause", "")
    return Asked(
        outcome if outcome in OUTCOMES else "",
        cause if named(cause) else "",
        _day(params.get("since")),
        _day(params.get("until")),
    )


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    # At the ends of the calendar no day follows, or none is before in another time zone.
    return found if 1970 <= found.year <= 9000 else None


def causes(member: Member) -> list[Named]:
    """The rules and purposes that the member has receipts of."""
    codes = Receipt.objects.filter(member=member).order_by("cause").values_list("cause", flat=True).distinct()
    return [found for code in codes if (found := named(code))]


def against(rows: QuerySet[Receipt]) -> list[tuple[str, int]]:
    """(in words, how often) what stood against the attempts among these receipts, the most frequent first."""
    refused = rows.filter(outcome__in=("refused", "capped", "declined")).exclude(reason="")
    counted = refused.order_by().values("cause", "reason").annotate(number=Count("id"))
    found = []
    for row in counted.order_by("-number")[:REASONS_SHOWN]:
        last = refused.filter(cause=row["cause"], reason=row["reason"]).first()
        found.append((ground(last), row["number"]))
    return found


def as_file(rows: QuerySet[Receipt]) -> StreamingHttpResponse:
    """The receipts as CSV, each with its reason in words."""
    labels = (_("Time"), _("What for"), _("Outcome"), _("Why"), _("Asked for"), _("Feathers"))
    labels += (_("Rule version"), _("Subject"), _("Reference"), _("Promised"))
    kinds = ("text", "text", "text", "text", "count", "count", "count", "text", "text", "text")
    columns = [Column(label, label, kind) for label, kind in zip(labels, kinds, strict=True)]
    answer = StreamingHttpResponse(to_csv(columns, _lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="receipts.csv"'
    return answer


def _lines(rows: QuerySet[Receipt]) -> Iterator[list]:
    language = get_language() or "en"
    for found in rows.iterator(chunk_size=500):
        at, promised = _clock(found.at), _clock(found.promised_at) if found.ends_promise else ""
        what = found.what.label(language) if found.what else found.cause
        said = [at, what, labelled(found)[0], why(found)]
        moved = found.amount * (found.sign or 1)
        yield [*said, found.asked, moved, found.version or None, found.subject, str(found.id), promised]


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
