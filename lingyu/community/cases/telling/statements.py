"""Statements of reasons as structured data, with the fields of the EU's DSA Transparency Database.

Source: the attributes that the database's API documents for a statement of reasons (Regulation (EU)
2022/2065, articles 17 and 24(5); schema of July 2025). How ours map to them:

| field | from |
|---|---|
| decision_visibility | the subject was taken out of sight: CONTENT_REMOVED |
| decision_provision | a mute is a partial suspension of the service, until its end |
| decision_account | a ban: ACCOUNT_TERMINATED |
| decision_ground | whether the clause is of what is unlawful as such |
| illegal_…, incompatible_content_… | the clause in the pinned version; the decision's words, or its own |
| category | `CATEGORIES`, by the clause |
| content_type, content_date | all of it is text; the day of the act |
| application_date | the day of the decision |
| decision_facts | how it was found, and, for who may read it, the words that were found |
| source_type | a report by a member is a notice (article 16), all else our own initiative |
| automated_… | found by the screening; decided without a person, with one, or by one alone |
| puid | the id of the decision, which names nobody |

Not asserted, and so left empty: territorial_scope, content_language, monetary restrictions. Holds reads only.
"""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from lingyu.community.pact import ladder, standings, versions
from lingyu.community.pact.clauses import Clause
from lingyu.community.pact.models import Finding

from ..models import Case, Decision

_PREFIX = "STATEMENT_CATEGORY_"
# By clause, else by the category of the pact.
CATEGORIES = {
    "1": "ILLEGAL_OR_HARMFUL_SPEECH",
    "1.1": "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    "1.2": "RISK_FOR_PUBLIC_SECURITY",
    "1.4": "RISK_FOR_PUBLIC_SECURITY",
    "1.7": "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    "1.8": "VIOLENCE",
    "1.9": "RISK_FOR_PUBLIC_SECURITY",
    "1.10": "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "1.11": "PROTECTION_OF_MINORS",
    "1.12": "PROTECTION_OF_MINORS",
    "1.13": "UNSAFE_AND_PROHIBITED_PRODUCTS",
    "2": "ILLEGAL_OR_HARMFUL_SPEECH",
    "2.5": "CYBER_VIOLENCE",
    "2.6": "CYBER_VIOLENCE",
    "2.8": "CYBER_VIOLENCE",
    "3": "CONSUMER_INFORMATION",
    "3.6": "SCAMS_AND_FRAUD",
    "3.7": "SCAMS_AND_FRAUD",
    "4": "OTHER_VIOLATION_TC",
    "4.5": "VIOLENCE",
    "5": "OTHER_VIOLATION_TC",
    "5.2": "CONSUMER_INFORMATION",
    "6": "OTHER_VIOLATION_TC",
    "7": "OTHER_VIOLATION_TC",
    "8": "OTHER_VIOLATION_TC",
    "8.1": "PROTECTION_OF_MINORS",
    "8.2": "CYBER_VIOLENCE",
    "9": "OTHER_VIOLATION_TC",
    "9.1": "PROTECTION_OF_MINORS",
}


@dataclass(frozen=True)
class Statement:
    """One statement of reasons; empty where it does not apply. Days are ISO dates."""

    puid: str
    decision_visibility: tuple[str, ...] = ()
    end_date_visibility_restriction: str = ""
    decision_monetary: str = ""
    decision_provision: str = ""
    end_date_service_restriction: str = ""
    decision_account: str = ""
    account_type: str = "ACCOUNT_TYPE_PRIVATE"
    decision_ground: str = ""
    decision_ground_reference_url: str = ""
    illegal_content_legal_ground: str = ""
    illegal_content_explanation: str = ""
    incompatible_content_ground: str = ""
    incompatible_content_explanation: str = ""
    incompatible_content_illegal: str = ""
    category: str = ""
    content_type: tuple[str, ...] = ("CONTENT_TYPE_TEXT",)
    content_date: str = ""
    application_date: str = ""
    decision_facts: str = ""
    source_type: str = ""
    automated_detection: str = ""
    automated_decision: str = ""
    territorial_scope: tuple[str, ...] = ()
    content_language: str = ""

    def as_data(self) -> dict:
        """As JSON has it, in the order of the fields."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}


def statement_of(decision: Decision, *, quoting: bool = False) -> Statement:
    """The statement of one decision; with `quoting` the words that were found stand in its facts."""
    case = decision.case
    return Statement(
        puid=str(decision.id),
        content_date=_day(case.acted_at),
        application_date=_day(decision.at),
        decision_facts=_facts(decision, quoting),
        source_type="SOURCE_ARTICLE_16" if case.origin == Case.Origin.REPORT else "SOURCE_VOLUNTARY",
        automated_detection="Yes" if decision.detected_by_machine else "No",
        automated_decision=_automation(decision),
        **_restrictions(decision),
        **_ground(decision),
    )


def as_csv() -> Iterator[str]:
    """Every statement about a violation, oldest first, as lines of CSV; several values joined by “|”."""
    line = csv.writer(_Echo())
    yield "\ufeff" + line.writerow([f.name for f in fields(Statement)])
    rows = (
        Decision.objects.filter(outcome=Decision.Outcome.VIOLATION)
        .select_related("case")
        .order_by("at", "id")
    )
    for decision in rows.iterator(chunk_size=500):
        data = statement_of(decision).as_data()
        yield line.writerow(["|".join(v) if isinstance(v, list) else _cell(v) for v in data.values()])


class _Echo:
    def write(self, value: str) -> str:
        """Give back what a csv.writer writes."""
        return value


def _cell(value: str) -> str:
    """A spreadsheet takes what begins like this for a formula."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _ground(decision: Decision) -> dict:
    clause = versions.numbered(decision.pact).by_code.get(decision.lead)
    if clause is None:
        return {}
    path = reverse("pact_version", args=[decision.pact])
    found = {
        "category": category_of(clause),
        "decision_ground_reference_url": f"{settings.LINGYU_URL}{path}#c{clause.code}",
    }
    language = translation.get_language() or "en"
    ground, why = f"{clause.code} {clause.label(language)}", decision.words or clause.words(language)
    if clause.illegal:
        named = {"illegal_content_legal_ground": ground, "illegal_content_explanation": why}
        return found | {"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"} | named
    named = {"incompatible_content_ground": ground, "incompatible_content_explanation": why}
    return found | {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_illegal": "No",
        **named,
    }


def category_of(clause: Clause) -> str:
    """The database's category of a clause."""
    return _PREFIX + CATEGORIES.get(clause.code, CATEGORIES[clause.code.partition(".")[0]])


def _restrictions(decision: Decision) -> dict:
    if decision.outcome != Decision.Outcome.VIOLATION:
        return {}
    found: dict = {"decision_visibility": ("DECISION_VISIBILITY_CONTENT_REMOVED",)}
    row = Finding.objects.filter(decision=decision.id).first()
    penalty = next(
        (
            p
            for p in ladder.penalties(standings.CURRENT, standings.findings_of(row.member_id) if row else [])
            if row and p.finding.id == str(row.id)
        ),
        None,
    )
    if penalty is None or ladder.RUNGS[penalty.level].speaks:
        return found
    if not ladder.RUNGS[penalty.level].enters:
        return found | {"decision_account": "DECISION_ACCOUNT_TERMINATED"}
    end = _day(penalty.until) if penalty.until else ""
    ended = "DECISION_PROVISION_PARTIAL_SUSPENSION" if end else "DECISION_PROVISION_PARTIAL_TERMINATION"
    return found | {"decision_provision": ended, "end_date_service_restriction": end}


def _facts(decision: Decision, quoting: bool) -> str:
    origins = {
        Case.Origin.SCREENING: "Found by screening before publication.",
        Case.Origin.REPORT: "Reported by members.",
        Case.Origin.MODERATOR: "Found by a moderator.",
        Case.Origin.COORDINATION: "Found among coordinated posts.",
    }
    told = f"Kind: {decision.case.kind}. {origins[Case.Origin(decision.case.origin)]}"
    return f"{told} Words: {decision.evidence}" if quoting and decision.evidence else told


def _automation(decision: Decision) -> str:
    if decision.by_id is None:
        return "AUTOMATED_DECISION_FULLY"
    return "AUTOMATED_DECISION_" + ("PARTIALLY" if decision.detected_by_machine else "NOT_AUTOMATED")


def _day(moment) -> str:
    return timezone.localdate(moment).isoformat()
