"""Explaining a receipt: in words, what came of an attempt and why.

Holds msgids and which applies; the page translates. Every reason that a receipt can bear has its words.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.kernel.text import N_

from .conditions import CONDITIONS
from .models import Receipt
from .rules import Terms

UNKNOWN = "unknown_condition"
# By the reason of a refusal; rooms that refuse for reasons of their own add theirs with `reason()`.
REASONS: dict[str, str] = {
    "off": N_("This rule is switched off at present."),
    "closed": N_("The account is closed."),
    "muted": N_("You could not write at that time, and nothing is earned meanwhile."),
    UNKNOWN: N_("The rule asks for something that is checked no more. An operator has to mend it."),
    "cooling": N_("It was too soon after the last time."),
    "cap.day": N_("The most that this rule gives on one day has been reached."),
    "cap.subject": N_("The most that this rule gives for one article has been reached."),
    "cap.life": N_("The most that this rule gives at all has been reached."),
    "too_few": N_("There were too few feathers: %(missing)s were missing, %(available)s were there."),
    "by_hand": N_("Two operators agreed on it."),
    "removed": N_("The comment was removed."),
    "restored": N_("The comment was brought back."),
}
OUTCOMES = {
    "granted": N_("Granted"),
    "pending": N_("Pending"),
    "capped": N_("Limit reached"),
    "refused": N_("Not granted"),
    "again": N_("Counted before"),
    "approved": N_("Posted"),
    "declined": N_("Not granted after all"),
    "clawed_back": N_("Taken back"),
    "restored": N_("Restored"),
    "spent": N_("Spent"),
    "held": N_("Set aside"),
    "settled": N_("Spent for good"),
    "released": N_("Returned"),
    "refunded": N_("Refunded"),
}
# What they are called once what they waited for has come.
ENDED = {"pending": N_("Promised"), "held": N_("Was set aside")}
TONES = {"granted": "good", "approved": "good", "restored": "good", "refunded": "good", "released": "good"}
TONES |= {"pending": "warn", "held": "warn", "capped": "warn", "refused": "bad", "declined": "bad"}
TONES |= {"clawed_back": "bad"}


def reason(code: str, words: str) -> str:
    """Give the words (a msgid) of a reason that a room refuses, or takes back, for; returns its code."""
    REASONS[code] = words
    return code


def why(receipt: Receipt) -> str:
    """In the reader's language, why the receipt says what it says; a sentence or two."""
    if receipt.outcome == "again":
        return _("This was counted before; each thing is rewarded once.")
    said = ground(receipt)
    if receipt.reason.startswith("condition."):
        return said
    written = receipt.facts.get("words")
    quoted = _("They wrote: “%(words)s”") % {"words": written} if written else ""
    return " ".join(part for part in (said, _amount(receipt), quoted) if part)


def labelled(receipt: Receipt) -> tuple[str, str]:
    """(in words, its tone) what came of it; what has ended is not said to be waiting still."""
    if receipt.came_at and receipt.outcome in ENDED:
        return _(ENDED[receipt.outcome]), ""
    return _(OUTCOMES.get(receipt.outcome, receipt.outcome)), TONES.get(receipt.outcome, "")


def ground(receipt: Receipt) -> str:
    """Of the reason alone, what holds for every receipt that bears it; empty when it bears none."""
    if receipt.reason.startswith("condition."):
        return _condition(receipt)
    return _(REASONS[receipt.reason]) % receipt.facts if receipt.reason in REASONS else ""


def asked_for(terms: Terms) -> list[str]:
    """In the reader's language, what the conditions of a rule ask for."""
    return [_condition_asked(code, value) for code, value in terms.conditions]


def _amount(receipt: Receipt) -> str:
    if receipt.outcome == "pending":
        return _promise(receipt)
    if receipt.ends_promise:
        return _("It was promised on %(time)s.") % {"time": _clock(receipt.promised_at)}
    if receipt.reason.startswith("cap.") and receipt.amount:
        return _("So %(amount)d of %(asked)d were granted: what was left up to the limit.") % {
            "amount": receipt.amount,
            "asked": receipt.asked,
        }
    if receipt.outcome == "clawed_back" and receipt.facts.get("to_debt"):
        number = receipt.facts["to_debt"]
        words = ngettext(
            "%(number)d of them had been spent and is owed; the next ones repay it first.",
            "%(number)d of them had been spent and are owed; the next ones repay them first.",
            number,
        )
        return words % {"number": number}
    return ""


def _promise(receipt: Receipt) -> str:
    """What a promise waits for; of one that has ended, that it has."""
    if receipt.came_at:
        return _("It was a promise; what came of it on %(time)s has a receipt of its own.") % {
            "time": _clock(receipt.came_at)
        }
    if receipt.due_at is None:
        return _("It is posted once it has passed review.")
    if receipt.due_at <= timezone.now():
        return _("It was held until %(time)s, and is posted any moment now.") % {
            "time": _clock(receipt.due_at)
        }
    return _("It is held until %(time)s, and then posted.") % {"time": _clock(receipt.due_at)}


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _condition(receipt: Receipt) -> str:
    code = receipt.reason.removeprefix("condition.")
    return _condition_asked(code, receipt.left.get("needed", 1))


def _condition_asked(code: str, value: int) -> str:
    return _(CONDITIONS[code].words) % {"value": value} if code in CONDITIONS else _(REASONS[UNKNOWN])
