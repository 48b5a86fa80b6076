"""The scene of a run: a database of its own, members, rules, and processes that share nothing but it.

Holds how processes start and what they share. What they do is in `deeds`, `doubles` and `kills`.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

START = datetime(2026, 1, 1, tzinfo=UTC)
MEMBERS = 120
# What one member may earn by the capped rule on one day; not a multiple of what it gives.
CAP = 17
# Children are copies of a process that has no connection open: none waits for Django to start.
FORK = multiprocessing.get_context("fork")


def settle(folder: Path, url: str) -> None:
    """Point this process and its children to the folder and the database of the run."""
    os.environ |= {
        "LINGYU_HOME": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "lingyu.config.settings",
        "LINGYU_DEBUG": "",
    }
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


class Scene:
    """Members, the rules they earn by, and what they spend feathers on."""

    def __init__(self):
        from lingyu.community.accounts import actions as accounts
        from lingyu.community.feathers.rules import purpose, rule

        words = {"zh": "锤", "en": "Hammer", "about": "For the hammer."}
        self.members = [accounts.join(actor=None, username=f"hammer{n}") for n in range(MEMBERS)]
        self.plain = rule("hammer.plain", **words, amount=7, lot_life=timedelta(days=3))
        self.capped = rule("hammer.capped", **words, amount=5, per_day=CAP, lot_life=timedelta(days=9))
        self.reviewed = rule("hammer.reviewed", **words, amount=6, hold="review", per_day=600, lot_life=None)
        self.shop = purpose("hammer.shop", zh="锤", en="Hammer")
        disconnect()

    def rule(self, number: int):
        """The rule by which the attempt of this number earns."""
        return (self.plain, self.capped, self.reviewed)[number % 3]


def disconnect() -> None:
    """Close what is open, so that a copy of this process does not share it."""
    from django.db import connections

    connections.close_all()


@contextmanager
def crew(size: int, work: Callable, *args) -> Iterator[list]:
    """`size` processes at work(number, *args), started; they are waited for at the end."""
    disconnect()
    people = [FORK.Process(target=work, args=(number, *args), daemon=True) for number in range(size)]
    for person in people:
        person.start()
    try:
        yield people
        for person in people:
            person.join()
    finally:
        for person in people:
            if person.is_alive():
                person.kill()
            person.join()
