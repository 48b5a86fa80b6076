"""Terms of a rule in an operator's words, and what differs between two of them.

Holds text only; the words for members are the community's (`feathers.explaining`).
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lingyu.community.feathers.conditions import CONDITIONS, Condition
from lingyu.community.feathers.rules import Rule, Terms

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def is_yes_or_no(condition: Condition) -> bool:
    """Whether a condition has no value but yes."""
    return "%(value)s" not in condition.words


def span(seconds: int | None) -> str:
    """A time in the largest unit that tells it exactly."""
    if not seconds:
        return _("none")
    if seconds % DAY == 0:
        return ngettext("%(num)d day", "%(num)d days", seconds // DAY) % {"num": seconds // DAY}
    if seconds % HOUR == 0:
        return ngettext("%(num)d hour", "%(num)d hours", seconds // HOUR) % {"num": seconds // HOUR}
    if seconds % MINUTE == 0:
        return ngettext("%(num)d minute", "%(num)d minutes", seconds // MINUTE) % {"num": seconds // MINUTE}
    return str(timedelta(seconds=seconds))


def lines(rule: Rule, terms: Terms) -> list[tuple[str, str]]:
    """Everything that the terms say: (label, value)."""
    return [*_plain(terms), *_conditions(rule, terms)]


def _plain(terms: Terms) -> Iterator[tuple[str, str]]:
    yield _("State"), _("on") if terms.on else _("off")
    yield _("Feathers each time"), str(terms.amount)
    yield _("At most a day"), _limit(terms.per_day)
    yield _("At most for one subject"), _limit(terms.per_subject)
    yield _("At most for life"), _limit(terms.per_life)
    yield _("Pause between two"), span(terms.cool_down)
    yield _("Held for"), span(terms.hold)
    yield _("Waits for review"), _("yes") if terms.review else _("no")
    yield _("Expires after"), span(terms.lot_days and terms.lot_days * DAY) if terms.lot_days else _("never")


def _conditions(rule: Rule, terms: Terms) -> Iterator[tuple[str, str]]:
    asked, language = dict(terms.conditions), get_language() or "en"
    known = [c for c in CONDITIONS.values() if c in rule.conditions() or c.code in asked]
    for condition in known:
        value = asked.get(condition.code)
        if is_yes_or_no(condition):
            said = _("required") if value else _("not required")
        else:
            said = _("at least %(value)s") % {"value": value} if value else _("not required")
        yield condition.label(language), said
    for code in sorted(asked.keys() - CONDITIONS.keys()):
        yield code, _("checked no more: nobody meets it")


def diff(rule: Rule, before: Terms, after: Terms) -> list[tuple[str, str, str]]:
    """What the one says otherwise than the other: (label, before, after)."""
    old, new, none = dict(lines(rule, before)), dict(lines(rule, after)), _("not required")
    pairs = {label: (old.get(label, none), new.get(label, none)) for label in old | new}
    return [(label, *pair) for label, pair in pairs.items() if pair[0] != pair[1]]


def brief(terms: Terms) -> list[tuple[str, str]]:
    """What stands out, for a list: (icon, words)."""
    said = []
    if terms.review:
        said.append(("hourglass", _("waits for review")))
    if terms.hold:
        said.append(("hourglass", _("held for %(span)s") % {"span": span(terms.hold)}))
    for icon, words, cap in (
        ("calendar", _("at most %(number)s a day"), terms.per_day),
        ("file-text", _("at most %(number)s for one subject"), terms.per_subject),
        ("infinity", _("at most %(number)s for life"), terms.per_life),
    ):
        if cap:
            said.append((icon, words % {"number": cap}))
    if terms.cool_down:
        said.append(("timer", _("%(span)s between two") % {"span": span(terms.cool_down)}))
    lot = span(terms.lot_days * DAY) if terms.lot_days else ""
    said.append(("timer", _("expires after %(span)s") % {"span": lot} if lot else _("never expires")))
    return said


def _limit(cap: int | None) -> str:
    return _("no limit") if cap is None else str(cap)
