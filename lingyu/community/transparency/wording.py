"""An entry of the log in words, for its page and its feed.

Holds no names of values: those are in `dimensions`.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.cases.models import Decision

from . import dimensions
from .log import NONE, WAITING, Entry


def outcome_of(entry: Entry) -> str:
    """What was decided."""
    return str(Decision.Outcome(entry.outcome).label)


def appeal_of(entry: Entry) -> str:
    """How an appeal stands or ended; nothing where there was none."""
    if entry.appeal == NONE:
        return ""
    if entry.appeal == WAITING:
        return _("Appeal waiting")
    return dimensions.name_of("outcome", entry.appeal, get_language() or "en")
