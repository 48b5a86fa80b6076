"""One process of `test_processes`: prepares a site, judges without a pause, moves a change.

Stands on a small set of rules, so that what is timed is the taking up and not the loading of the banks.
"""

import json
import select
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from lingyu.community.accounts import actions as accounts  # noqa: E402
from lingyu.community.accounts.models import Member  # noqa: E402
from lingyu.community.pact import engine  # noqa: E402
from lingyu.community.pact.clauses import load  # noqa: E402
from lingyu.community.pact.models import Screening  # noqa: E402
from lingyu.community.pact.screening import NamedStep, Post, Screener  # noqa: E402
from lingyu.community.pact.screening.automaton import Banks, Lexicon, Term  # noqa: E402
from lingyu.community.rulebook import actions, tables  # noqa: E402
from lingyu.community.rulebook.models import RuleChange, Specimen  # noqa: E402

WORDS = ("讨厌鬼", "烦人精")
SMALL = Screener(
    [NamedStep("banks", Banks(Lexicon([Term("笨猪", "2.6", "review", 0.9, bank="abuse")])))],
    load(),
    {"banks": "small"},
)
engine.base = lambda: SMALL
ENDS = 60.0


def prepare() -> None:
    """A site on which both words were said, and a change that finds them, tried and labelled."""
    call_command("migrate", verbosity=0)
    boss = accounts.join(actor=None, username="老板", password="of the cast")
    now = timezone.now()
    for n in range(12):
        about = {"member": boss, "kind": "comment", "subject": f"comment:{n}", "decision": "pass"}
        Screening.objects.create(text="，".join(WORDS), at=now - timedelta(hours=n + 1), **about)
    rows = [(n, {"term": word, "clause": "2.6"}) for n, word in enumerate(WORDS)]
    content = tables.from_rows(rows, "typed", load().by_code, tables.Defaults()).content
    change = actions.propose(actor=boss, title="两个词", why="试。", content=content, at=now)
    while actions.try_some(actor=None, at=now + timedelta(minutes=1)):
        pass
    actions.draw(actor=boss, change=change, seed=1)
    for specimen in Specimen.objects.select_related("sample", "difference"):
        actions.label(actor=boss, specimen=specimen, breaks=True)


def judge() -> None:
    """Say what comes of both words, by which edition, whenever that changes, to the end of the input."""
    said, began = None, time.monotonic()
    while time.monotonic() - began < ENDS * 4:
        screener = engine.screener()
        now = [screener.screen(Post(w)).decision for w in WORDS] + [screener.versions.get("edition")]
        if now != said:
            said = now
            print(json.dumps(now), flush=True)
        if select.select([sys.stdin], [], [], 0.02)[0] and not sys.stdin.readline():
            return


def live() -> None:
    """Put the change into force, as if its time in shadow were over."""
    about = {"change": RuleChange.objects.get(), "at": timezone.now() + timedelta(days=3)}
    print(actions.go_live(actor=Member.objects.get(), **about).key)


def back() -> None:
    """Take it out of force."""
    about = {"change": RuleChange.objects.get(), "why": "试完了。"}
    print(actions.roll_back(actor=Member.objects.get(), **about).key)


if __name__ == "__main__":
    {"prepare": prepare, "judge": judge, "live": live, "back": back}[sys.argv[1]]()
