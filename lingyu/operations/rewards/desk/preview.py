"""The preview of a rule: what proposed terms would have made of the last days, for the page.

Holds what the page is given; `feathers.replaying` judges.
"""

from collections import Counter

from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.models import RuleVersion
from lingyu.community.feathers.replaying import LONGEST, Example, Replay, replay
from lingyu.community.feathers.rules import Rule

from ..models import FeatherValue
from ..names import reason_name
from . import reckoning, wording
from .rule_form import RuleForm


def of(rule: Rule, version: RuleVersion, form: RuleForm) -> dict:
    """What differs in words and in feathers, who would have had more or less, and what is not known."""
    terms = form.terms()
    days = form.cleaned_data["days"]
    found = Replay(days) if rule.by_hand else replay(rule, version.terms, terms, days=days)
    value = FeatherValue.standing()
    members = _members([*found.gained, *found.lost])
    return {
        "found": found,
        "longest": LONGEST,
        "worth": reckoning.worth(found.difference.total, value),
        "currency": value.currency if value else None,
        "seal": form.seal,
        "changed": wording.diff(rule, version.terms, terms),
        "same": terms == version.terms,
        "chart": _chart(found),
        "gained": _rows(found.gained, members),
        "lost": _rows(found.lost, members),
        "refused": _reasons(found, found.refused),
        "granted": _reasons(found, found.granted),
        "later": (terms.hold, terms.review, terms.lot_days)
        != (version.terms.hold, version.terms.review, version.terms.lot_days),
    }


def _members(examples: list[Example]) -> dict[str, Member]:
    return {str(m.pk): m for m in Member.objects.filter(pk__in=[e.member for e in examples])}


def _rows(examples: list[Example], members: dict[str, Member]) -> list[dict]:
    return [
        {"member": members.get(e.member), "example": e, "reason": reason_name(e.reason) if e.reason else ""}
        for e in examples
    ]


def _reasons(found: Replay, counted: Counter) -> list[tuple[str, int]]:
    return [(reason_name(code), found.whole(number)) for code, number in counted.most_common()]


def _chart(found: Replay) -> dict:
    """Both sides day by day."""
    days = list(found.by_day)
    pairs = [found.by_day[day] for day in days]
    return {
        "type": "line",
        "labels": days,
        "series": [
            {"name": _("Proposed"), "data": [found.whole(then) for _now, then in pairs], "role": "current"},
            {"name": _("In force"), "data": [found.whole(now) for now, _then in pairs], "role": "previous"},
        ]
        if len(days) > 1
        else [],
        "unit": "count",
        "grain": "day",
    }
