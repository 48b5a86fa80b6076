"""While muted one reads: every address that changes something is asked for on every rung of the ladder.

What stays open is written down here, with the reason; anything else that a view opens fails this test.
"""

import pytest
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.pact import actions as pact
from lingyu.community.pact import versions
from lingyu.community.pact.ladder import RUNGS
from lingyu.community.pact.standings import standing_of
from lingyu.config.access import asked_by, open_to_the_silenced
from lingyu.kernel.access import PUBLIC
from lingyu.kernel.ids import uuid7

from .test_access import ADDRESSES, example

# Views of ours that stay open to whoever may not write: theirs by right, or no writing.
OPEN = {
    "choose_language": "how the site speaks to them",
    "privacy": "their data",
    "order_export": "their data",
    "export_progress": "their data",
    "fetch_export": "their data",
    "order_erasure": "their data",
    "call_off_erasure": "their data",
    "centre": "what they are told",
    "open_notification": "what they are told",
    "read": "what they are told, and that they read",
    "unread": "what they are told",
    "preferences": "what they are told",
    "unsubscribe": "what they are told",
    "my_orders": "what they have paid for",
    "order": "what they have paid for",
    "reveal": "what they have paid for",
    "cancel": "what they have paid for",
    "received": "what they have paid for",
    "my_feathers": "their account",
    "my_statement": "their account",
    "my_receipts": "their account",
    "receipt": "their account",
    "my_standing": "why, and until when",
    "decision": "why, and until when",
    "decision_data": "why, and until when",
    "report_thanks": "what became of a report of theirs",
    "appeal_decision": "appealing",
    "appeal": "appealing",
}
CHANGING = ("post", "put", "patch", "delete")
SILENT = [rung.code for rung in RUNGS.values() if not rung.speaks]


def graded(severity: int, *, illegal: bool) -> str:
    """A clause of this severity."""
    found = versions.in_force().clauses
    return next(c.code for c in found if c.severity == severity and c.illegal == illegal)


@pytest.fixture
def silenced(db, dapeng) -> dict:
    """An administrator on each rung that silences: nothing but the rung is in their way."""
    clauses = {
        "mute_1": graded(2, illegal=False),
        "mute_7": graded(3, illegal=False),
        "mute_15": graded(4, illegal=False),
        "mute_ever": graded(4, illegal=False),
        "ban": graded(5, illegal=True),
    }
    people = {}
    for rung, clause in clauses.items():
        member = accounts.join(actor=None, username=f"on_{rung}")
        accounts.grant_role(actor=None, member=member, role="administrator")
        raised = ("harms_minor",) if rung == "mute_ever" else ()
        about = {"decision": uuid7(), "subject": f"member:{member.id}", "clause": clause}
        now = timezone.now()
        finding = pact.confirm(actor=None, member=member, acted_at=now, aggravators=raised, **about)
        if rung in ("mute_ever", "ban"):
            pact.second(actor=dapeng, finding=finding)
        assert standing_of(member).rung.code == rung
        people[rung] = member
    return people


def test_the_ladder_has_the_rungs_that_are_tried_here(silenced):
    assert sorted(silenced) == sorted(SILENT)


def test_only_what_is_written_down_stays_open():
    opened = {
        view.__name__
        for _route, view in ADDRESSES
        if open_to_the_silenced(view) and view.__module__.startswith("lingyu.")
    }
    assert opened <= OPEN.keys(), sorted(opened - OPEN.keys())


CLOSED = [(route, view) for route, view in ADDRESSES if not open_to_the_silenced(view)]
MEMBERS_ONLY = [(route, view) for route, view in CLOSED if asked_by(view) != PUBLIC]


def named(addresses) -> list[str]:
    """What the cases of a test are called."""
    return [route or "(home)" for route, _view in addresses]


@pytest.mark.parametrize(("route", "view"), CLOSED, ids=named(CLOSED))
def test_every_change_is_refused_on_every_silent_rung(route, view, silenced, client_of, empty_store):
    address = example(route)
    for rung, member in silenced.items():
        browser = client_of(member)
        for method in CHANGING:
            answer = getattr(browser, method)(address)
            assert answer.status_code == 403, (rung, method, address, answer.status_code)
            assert b"verdict" in answer.content


@pytest.mark.parametrize(("route", "view"), MEMBERS_ONLY, ids=named(MEMBERS_ONLY))
def test_the_banned_see_what_visitors_see(route, view, silenced, client_of, empty_store):
    answer = client_of(silenced["ban"]).get(example(route))
    assert answer.status_code == 403
