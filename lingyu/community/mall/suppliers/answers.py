"""What a supplier may answer, as values.

    {"state": "delivered", "code": "…"}   done; `code`, if there is one, is for the member
    {"state": "accepted"}                 in hand: ask again later, or a call-back comes
    {"state": "refused"}                  never: the feathers go back

Everything else is trouble, and tried again.
"""

import json
from dataclasses import dataclass

from lingyu.kernel.text import legible

DELIVERED, ACCEPTED, REFUSED, TROUBLE = "delivered", "accepted", "refused", "trouble"
LONGEST_CODE = 500


@dataclass(frozen=True)
class Answer:
    """One answer: its kind; a code for the member; for trouble, a word for the operator."""

    kind: str
    code: str = ""
    trouble: str = ""

    @property
    def words(self) -> str:
        """As an attempt is noted: a code, never what the supplier wrote."""
        return self.trouble[:60] if self.kind == TROUBLE else self.kind

    def __repr__(self):
        return f"Answer({self.words})"


def read(body: bytes) -> Answer:
    """The answer in a body; trouble for what is none."""
    try:
        said = json.loads(body)
        state, code = said["state"], said.get("code") or ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Answer(TROUBLE, trouble="unreadable")
    if state not in (DELIVERED, ACCEPTED, REFUSED):
        return Answer(TROUBLE, trouble="unknown_state")
    if not isinstance(code, str) or len(code) > LONGEST_CODE or legible(code) != code:
        return Answer(TROUBLE, trouble="bad_code")
    return Answer(state, code if state == DELIVERED else "")
