"""`python -m lingyu.community.cases.tests.rush`: many moderators at one queue, at once.

On SQLite, or on PostgreSQL with DATABASE_URL, in a database of its own. Processes take the next case until
there is none, and no case goes to two; threads decide one case, and remove one comment, at the same
moment, and each is decided once, with one finding.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tests.crash.house import database_of_its_own
from tests.crash.verdict import settle

FORK = multiprocessing.get_context("fork")


def main() -> int:
    """Run, print, and say by the exit code whether anything was given or decided twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="lingyu-queue-") as folder,
        database_of_its_own(f"lingyu_queue_{os.getpid()}") as url,
    ):
        settle(Path(folder), url)
        print(f"database: {'PostgreSQL' if url else 'SQLite'}", flush=True)
        faults = run(options.cases, options.processes, options.rounds)
    for fault in faults:
        print(f"✗ {fault}")
    return 1 if faults else 0


def run(cases: int, processes: int, rounds: int) -> list[str]:
    """The three parts; what did not add up."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", interactive=False, verbosity=0)
    made = _comments(cases + 2 * rounds, processes)
    _open(made[:cases])
    connections.close_all()
    faults = _taken(cases, processes)
    faults += _decided(made[cases : cases + rounds], processes)
    return faults + _removed(made[cases + rounds :], processes)


def _comments(number: int, moderators: int) -> list:
    from django.utils import timezone

    from lingyu.community.accounts import actions as accounts
    from lingyu.community.articles import actions as articles
    from lingyu.community.comments import actions as comments
    from lingyu.community.comments.models import Comment

    boss = accounts.join(actor=None, username="boss")
    for n in range(moderators):
        member = accounts.join(actor=None, username=f"moderator{n}")
        accounts.grant_role(actor=None, member=member, role="moderator")
    article = articles.write_article(actor=boss, title="案", body="文")
    articles.publish_article(actor=boss, article=article)
    made = []
    for n in range(number):
        author = accounts.join(actor=None, username=f"author{n}")
        row = Comment.objects.create(article=article, author=author, body=f"话 {n}", posted_at=timezone.now())
        comments.approve_comment(actor=boss, comment=row)
        made.append(row)
    return made


def _open(rows: list) -> None:
    from lingyu.community.cases import actions

    for row in rows:
        actions.open_case(actor=None, subject=f"comment:{row.id}", origin="report", clause="2.6")


def _moderator(n: int):
    from lingyu.community.accounts.models import Member

    return Member.objects.get(username=f"moderator{n}")


def _takes(number: int, told) -> None:
    from django.db import connections

    from lingyu.community.cases import actions

    connections.close_all()
    actor = _moderator(number)
    while lease := actions.take_next(actor=actor):
        told.put((str(lease.case_id), lease.token, number))
    told.put(None)


def _taken(cases: int, processes: int) -> list[str]:
    """Processes take until nothing is free: every case once, under its first token."""
    told, began = FORK.Queue(), time.monotonic()
    crew = [FORK.Process(target=_takes, args=(n, told)) for n in range(processes)]
    for one in crew:
        one.start()
    taken, ended = [], 0
    while ended < processes:
        said = told.get(timeout=300)
        ended, taken = (ended + 1, taken) if said is None else (ended, [*taken, said])
    for one in crew:
        one.join()
    twice = [case for case, times in Counter(case for case, _t, _n in taken).items() if times > 1]
    later = [case for case, token, _n in taken if token != 1]
    hands = len({n for _c, _t, n in taken})
    print(
        f"  taken {len(taken)} of {cases} by {hands} processes in {time.monotonic() - began:.1f} s, "
        f"given twice {len(twice)}, under a later token {len(later)}",
        flush=True,
    )
    wrong = {"given twice": len(twice), "later token": len(later), "not taken": cases - len(taken)}
    return [f"{name}: {n}" for name, n in wrong.items() if n]


def _at_once(threads: int, deed) -> list:
    """What `deed(actor)` answers in so many threads that begin together: a value, or the error."""
    from django.core.exceptions import ValidationError
    from django.db import connections

    start = Barrier(threads)

    def run(n: int):
        try:
            actor = _moderator(n)
            start.wait(timeout=60)
            return deed(actor)
        except ValidationError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def _decided(rows: list, threads: int) -> list[str]:
    """Threads decide the same case: one does, the rest are told so."""
    from django.core.exceptions import ValidationError

    from lingyu.community.cases import actions
    from lingyu.community.cases.models import Case
    from lingyu.community.pact.models import Finding

    faults = []
    for row in rows:
        _open([row])
        case = Case.objects.get(subject=f"comment:{row.id}")
        told = _at_once(
            threads,
            lambda actor: actions.decide(actor=actor, case=case, outcome="violation", lead="2.6"),  # noqa: B023
        )
        refused = sum(isinstance(t, ValidationError) for t in told)
        findings = Finding.objects.filter(subject=case.subject).count()
        if (refused, findings) != (threads - 1, 1):
            faults.append(f"{case.subject}: {refused} refused, {findings} findings")
    print(f"  decided at once: {len(rows)} cases by {threads} threads, faults {len(faults)}", flush=True)
    return faults


def _removed(rows: list, threads: int) -> list[str]:
    """Threads remove the same comment: one decision, whoever was first."""
    from lingyu.community.cases import actions
    from lingyu.community.cases.models import Decision
    from lingyu.community.comments.models import Comment

    faults = []
    for row in rows:
        comment = Comment.objects.get(id=row.id)
        told = _at_once(
            threads,
            lambda actor: actions.remove(actor=actor, comment=comment, reason="2.6"),  # noqa: B023
        )
        made = Decision.objects.filter(case__subject=f"comment:{row.id}").count()
        if made != 1 or sum(t is True for t in told) != 1:
            faults.append(f"comment:{row.id}: {made} decisions, answers {told}")
    print(f"  removed at once: {len(rows)} comments by {threads} threads, faults {len(faults)}", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main())
