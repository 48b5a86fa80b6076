"""What a change says, as JSON and as the screener takes it; and whether it can be said at all.

Holds shapes and checks over a screener. Files of terms are read by `tables`; model files lie on the `shelf`.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.community.pact.clauses import Pact
from lingyu.community.pact.screening import Screener
from lingyu.community.pact.screening.deciding import Changes, Limits, RuleSetting
from lingyu.community.pact.screening.rules import RULES

from . import shelf
from .limits import LIMITS
from .tables import as_term

EMPTY = {
    "terms": [],
    "withdrawn": [],
    "allowed": [],
    "disallowed": [],
    "rules": [],
    "limits": {},
    "model": None,
}


def changes_of(content: Mapping) -> Changes:
    """The change as the screener takes it; reads the model's file, if it names one.

    ValidationError when that file is not there any more, or is damaged.
    """
    told = {**EMPTY, **content}
    return Changes(
        terms=tuple(as_term(row) for row in told["terms"]),
        withdrawn=tuple((text, clause) for text, clause in told["withdrawn"]),
        allowed=tuple(told["allowed"]),
        disallowed=tuple(told["disallowed"]),
        rules=tuple(RuleSetting(**row) for row in told["rules"]),
        limits={code: Limits(**limit) for code, limit in told["limits"].items()},
        model=shelf.model(told["model"]["digest"]) if told["model"] else None,
    )


def digest(content: Mapping) -> str:
    """The SHA-256 of a content: the same is proposed once."""
    written = json.dumps({**EMPTY, **content}, ensure_ascii=False, sort_keys=True)
    return sha256(written.encode()).hexdigest()


def names(content: Mapping) -> frozenset[str]:
    """How findings name what the terms of a content find (`Finding.by`)."""
    return frozenset(as_term(row).by for row in content.get("terms", ()))


def only_adds(content: Mapping) -> bool:
    """Whether it does nothing but look for terms: then only texts that those were found in can differ."""
    return bool(content.get("terms")) and not any(content.get(key) for key in EMPTY if key != "terms")


def reaches(content: Mapping, pact: Pact) -> frozenset[str]:
    """What it may lead to that did not happen before: `block`, `review`, `lost`.

    Of what is not a term it is not known beforehand; the trial shows it.
    """
    found = set()
    for row in content.get("terms", ()):
        clause = pact.by_code.get(row["clause"])
        blocks = clause is not None and clause.strongest == "block" and row["act"] == "block"
        found.add("block" if blocks else "review")
    if content.get("withdrawn") or content.get("allowed"):
        found.add("lost")
    return frozenset(found)


def check(content: Mapping, screener: Screener) -> None:
    """Raise ValidationError, with everything that is wrong, for what cannot be applied to `screener`."""
    told, wrong = {**EMPTY, **content}, []
    if not any(told[key] for key in EMPTY):
        raise ValidationError(_("Nothing would change. Add a term, a setting or a model."))
    if len(told["terms"]) > LIMITS.terms:
        raise ValidationError(
            _("At most %(most)d terms at a time: try a large list in parts."), params={"most": LIMITS.terms}
        )
    banks = next((s.run for s in screener.steps if s.name == "banks"), None)
    known = {(t.text, t.clause) for t in banks.lexicon.terms} if banks else set()
    allowed = (banks.lexicon.allowed if banks else frozenset()) - set(told["disallowed"])
    wrong += _clashes(told, known, allowed | set(told["allowed"]))
    wrong += _unknown_settings(told, screener.pact)
    if wrong:
        raise ValidationError(_few(wrong))


def _clashes(told: Mapping, known: set, allowed: frozenset) -> list[str]:
    added = {(row["text"], row["clause"]) for row in told["terms"]}
    withdrawn = {tuple(pair) for pair in told["withdrawn"]}
    wrong = [
        _("“%(term)s” is an allow-word, so it can't be looked for.") % {"term": text}
        for text in sorted({text for text, _clause in added} & allowed)
    ]
    still = {text for text, _clause in (known - withdrawn)}
    wrong += [
        _("“%(term)s” is looked for: withdraw it before you allow it.") % {"term": text}
        for text in sorted(set(told["allowed"]) & still)
    ]
    wrong += [
        _("“%(term)s” (%(clause)s) is not looked for, so it can't be withdrawn.")
        % {"term": text, "clause": clause}
        for text, clause in sorted(withdrawn - known)
    ]
    both = sorted(text for text, _clause in withdrawn & added)
    return wrong + [_("“%(term)s” is both added and withdrawn.") % {"term": text} for text in both]


def _unknown_settings(told: Mapping, pact: Pact) -> list[str]:
    by_name = {rule.name: rule for rule in RULES}
    wrong = []
    for row in told["rules"]:
        rule = by_name.get(row["rule"])
        if rule is None or row["clause"] not in rule.clauses:
            wrong.append(
                _("The rule %(rule)s finds nothing under clause %(clause)s.")
                % {"rule": row["rule"], "clause": row["clause"] or "–"}
            )
    for code, limit in told["limits"].items():
        if code not in pact.by_code:
            wrong.append(_("The pact has no clause %(code)s.") % {"code": code})
        if not 0 < limit["review"] <= 1 or not 0 < limit["block"] <= 2:
            wrong.append(_("Thresholds of %(code)s lie between 0 and 1.") % {"code": code})
    return wrong


def _few(wrong: list[str], shown: int = 20) -> list[str]:
    left = len(wrong) - shown
    more = ngettext("And %(num)s more.", "And %(num)s more.", left) % {"num": left} if left > 0 else ""
    return wrong[:shown] + ([more] if more else [])
