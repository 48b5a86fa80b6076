"""A group's tables and charts, as the look's components take them. Holds no figures of its own."""

from datetime import date

from django.utils.translation import gettext as _

from lingyu.store.explore.silence import UNLIKELY, Returns

from ..models import Group, Membership, Participant
from .reading import Book, losing
from .reading.cards import Card
from .reading.losing import Life

PEOPLE = 200


def spark(card: Card) -> list[float | None]:
    """The activity of the period's days."""
    return [d.rate for d in card.activity]


def trend(card: Card) -> dict:
    """Activity by day, with the period before it dashed."""
    return {
        "type": "line",
        "unit": "ratio",
        "labels": [d.day for d in card.activity],
        "series": [
            {"name": _("This period"), "data": [d.rate for d in card.activity], "role": "current"},
            {"name": _("Previous period"), "data": [d.rate for d in card.before], "role": "previous"},
        ],
    }


def silence(found: Returns | None) -> dict | None:
    """The return curve, with the threshold marked."""
    if found is None:
        return None
    last = min(len(found.chance) - 1, max(2 * (found.threshold or 15), 30))
    days = range(1, last + 1)
    spec = {
        "type": "line",
        "unit": "ratio",
        "labels": [str(n) for n in days],
        "series": [
            {"name": _("Come back"), "data": [found.chance[n] for n in days], "role": "current"},
            {"name": _("Lost below"), "data": [float(UNLIKELY)] * len(days), "role": "previous"},
        ],
    }
    if found.threshold and found.threshold <= last:
        spec["marks"] = [{"at": found.threshold - 1, "text": _("lost from here on")}]
    return spec


def staying(those: list[Life]) -> dict | None:
    """How many stay how long: the curve with its interval, and the cohorts."""
    moments = losing.curve(those)
    if not moments:
        return None
    reach = moments[-1].day
    days = sorted({*range(0, reach + 1, max(1, reach // 40)), reach})
    at = [losing.staying_at(moments, day) for day in days]
    curve = [m.survival if m else 1.0 for m in at]
    chart = {
        "type": "line",
        "unit": "ratio",
        "labels": [str(n) for n in days],
        "series": [
            {"name": _("Still there"), "data": curve, "role": "current"},
            {"name": _("95 % interval, from"), "data": [_low(m) for m in at], "role": "previous"},
            {"name": _("to"), "data": [_high(m) for m in at], "role": "previous"},
        ],
    }
    return {"chart": chart, "cohorts": _cohorts(those), "columns": _cohort_columns()}


def _low(moment) -> float | None:
    return moment.low if moment and moment.low is not None else None


def _high(moment) -> float | None:
    return moment.high if moment and moment.high is not None else None


def _cohort_columns() -> list[dict]:
    about = _("Kaplan–Meier: whoever is still there counts as long as they have been watched, not for ever.")
    return [
        {"key": "cohort", "label": _("Joined in")},
        {"key": "members", "label": _("Members"), "format": "number"},
        {"key": "left", "label": _("Left the group"), "format": "number"},
        {"key": "silent", "label": _("Fell silent"), "format": "number"},
        {"key": "d7", "label": _("There after 7 days"), "format": "ratio", "define": {"text": about}},
        {"key": "d28", "label": _("After 28 days"), "format": "ratio"},
        {"key": "d90", "label": _("After 90 days"), "format": "ratio"},
    ]


def _cohorts(those: list[Life]) -> list[dict]:
    rows = []
    for cohort in sorted({life.cohort for life in those}):
        mine = [life for life in those if life.cohort == cohort]
        moments = losing.curve(mine)
        after = {n: losing.staying_at(moments, n) for n in (7, 28, 90)}
        rows.append(
            {
                "cohort": cohort,
                "members": len(mine),
                "left": sum(life.lost not in ("", "silent") for life in mine),
                "silent": sum(life.lost == "silent" for life in mine),
                **{f"d{n}": moment.survival if moment else None for n, moment in after.items()},
            }
        )
    return rows


def people(group: Group, book: Book, those: list[Life]) -> dict:
    """Who is in the group, those who talk most first."""
    lives = {life.who: life for life in those}
    rows = (
        Membership.objects.filter(group=group).present().select_related("participant", "participant__member")
    )
    told = [_person(stay, book, lives.get(stay.participant_id)) for stay in rows]
    told.sort(key=lambda row: (-(row["said"] or 0), row["name"]))
    return {"rows": told[:PEOPLE], "total": len(told), "roles": Membership.Role.choices}


def _person(stay: Membership, book: Book, life: Life | None) -> dict:
    days = book.days_of(stay.group_id, stay.participant_id)
    said = book.said[stay.group_id].get(stay.participant_id)
    return {
        "id": stay.id,
        "name": str(stay.participant),
        "member": stay.participant.member,
        "role": stay.role,
        "joined": stay.joined_at,
        "known": stay.joined_known,
        "said": int(said.sum()) if said is not None else 0,
        "last": date.fromordinal(int(days[-1])) if len(days) else None,
        "silent": bool(life and life.lost == "silent"),
    }


def names_of(who: set) -> dict:
    """Participants by id."""
    return {p.id: p for p in Participant.objects.filter(id__in=who).select_related("member")}
