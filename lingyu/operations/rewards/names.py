"""The names behind the codes in facts about feathers, for the rows of a breakdown."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.feathers.conditions import CONDITIONS
from lingyu.community.feathers.explaining import REASONS
from lingyu.community.feathers.rules import named
from lingyu.kernel.text import N_

# What stands against an attempt, in an operator's words; the members' are `explaining.REASONS`.
STANDING = {
    "off": N_("Rule switched off"),
    "closed": N_("Account closed"),
    "unknown_condition": N_("Condition that is checked no more"),
    "cooling": N_("Too soon after the last"),
    "cap.day": N_("Limit of the day"),
    "cap.subject": N_("Limit of one article"),
    "cap.life": N_("Limit for life"),
    "too_few": N_("Too few feathers"),
}


def cause_names(keys: list) -> dict[str, str]:
    """What rules and purposes are called."""
    language = get_language() or "en"
    known = {key: named(key) for key in keys}
    return {key: found.label(language) for key, found in known.items() if found} | {"expiry": _("Expired")}


def reason_names(keys: list) -> dict[str, str]:
    """What stands against attempts: limits and states, the conditions, and the reasons of other rooms."""
    return {key: reason_name(key) for key in keys}


def reason_name(key: str) -> str:
    """One reason, in an operator's words."""
    if key.startswith("condition."):
        condition = CONDITIONS.get(key.removeprefix("condition."))
        return condition.label(get_language() or "en") if condition else key
    return _(STANDING.get(key) or REASONS.get(key) or key)


def member_names(keys: list) -> dict[str, str]:
    """What members are called, by id."""
    return {m.key: str(m) for m in Member.objects.filter(pk__in=keys)}


def article_names(keys: list) -> dict[str, str]:
    """Titles by article id."""
    return {str(id): title for id, title in Article.objects.filter(pk__in=keys).values_list("pk", "title")}
