"""The notification centre as one member sees it: groups, the unread ones first, page by page.

Holds reading only: what is told is written by `actions`.
"""

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.store.prepared import Prepared

from .kinds import KINDS
from .models import Notification
from .words import Line

PAGE = 20
# Of each group so many rows are read for their names.
NEWEST = 6
BELL_LIMIT = 100
_SEEN = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())


# Stands in the header of every page of a member.
UNREAD = Prepared(
    lambda member: (
        Notification.objects.of(member).unread().order_by().values_list("group").distinct()[:BELL_LIMIT]
    )
)


def kinds_of(area: str) -> list[str]:
    """The codes of the kinds of an area; of all areas for an unknown one."""
    found = [code for code, kind in KINDS.items() if kind.area == area]
    return found or list(KINDS)


def unread(member: Member) -> int:
    """How many unread groups there are, counted up to `BELL_LIMIT`."""
    return len(UNREAD.ask(member=member.id))


def page_of(member: Member, area: str, number) -> Page:
    """One page of lines; `number` may be anything that came in an address."""
    told = Notification.objects.of(member).in_area(kinds_of(area))
    page = Paginator(_groups(told), PAGE).get_page(number)
    page.object_list = lines(told, list(page.object_list))
    return page


def lines_of(told: QuerySet) -> list[Line]:
    """Every group of these notifications, newest first: what a mail tells."""
    return lines(told, list(_groups(told)))


def lines(told: QuerySet, groups: list[dict]) -> list[Line]:
    """The lines of groups, their people and articles read together."""
    newest = _newest(told, [g["group"] for g in groups])
    articles = Article.objects.in_bulk({n.article for found in newest.values() for n in found if n.article})
    return [
        Line(
            kind=KINDS[rows[0].kind],
            group=g["group"],
            count=g["count"],
            people=g["people"],
            feathers=g["feathers"],
            latest=g["latest"],
            newest=rows,
            seen=g["seen"],
            article=articles.get(rows[0].article),
        )
        for g in groups
        # A group whose last row was deleted since it was counted has nothing to say.
        if (rows := newest.get((g["group"], g["seen"])))
    ]


def _groups(told: QuerySet) -> QuerySet:
    return (
        told.annotate(seen=_SEEN)
        .order_by()
        .values("seen", "group")
        .annotate(
            latest=Max("at"),
            count=Count("id"),
            people=Count("by", distinct=True),
            feathers=Sum("feathers"),
        )
        .order_by("seen", "-latest", "group")
    )


def _newest(told: QuerySet, groups: list[str]) -> dict[tuple[str, bool], list[Notification]]:
    place = Window(
        RowNumber(), partition_by=[F("group"), F("seen")], order_by=[F("at").desc(), F("id").desc()]
    )
    rows = told.filter(group__in=groups).annotate(seen=_SEEN).annotate(place=place).filter(place__lte=NEWEST)
    found: dict[tuple[str, bool], list[Notification]] = {}
    for row in rows.select_related("by").order_by("-at", "-id"):
        found.setdefault((row.group, bool(row.seen)), []).append(row)
    return found
