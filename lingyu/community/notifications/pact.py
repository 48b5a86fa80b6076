"""What notifications about the pact say and where they lead: from the codes they were told with.

Holds words only.
"""

from django.utils.translation import get_language

from lingyu.community.cases.models import Report, Ruling
from lingyu.community.pact import versions
from lingyu.community.pact.clauses import load
from lingyu.look.jinja import address

from .kinds import REPORT_CHANGED, REPORT_SETTLED, Kind


def clause(code: str) -> str:
    """The code and name of a clause; the code alone for one that is there no more."""
    # The shipped pact is at hand without a query, and a clause keeps its name.
    found = (load().by_code.get(code) or versions.in_force().by_code.get(code)) if code else None
    return f"{code} {found.label(get_language() or 'en')}" if found else code


def outcome(kind: Kind, code: str) -> str:
    """How a report or an appeal ended."""
    choices = Report.Outcome if kind in (REPORT_SETTLED, REPORT_CHANGED) else Ruling.Outcome
    return str(choices(code).label) if code in choices.values else code


def address_of(details: dict) -> str:
    """Where a notification leads: its appeal, decision, or version; else one's standing."""
    for name, page in (("appeal", "appeal"), ("decision", "decision"), ("number", "pact_changes")):
        if details.get(name):
            return address(page, details[name])
    return address("my_standing")
