"""Many at once: several wallets crosswise, the same key, sealers beside writers; nobody sees an error."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Anchor, Transfer
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify
from lingyu.kernel.ids import fact_id
from lingyu.store.repeatable import repeatable

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
PEOPLE = [fact_id("race", str(number)) for number in range(4)]


def at_once(*works) -> list:
    """Each in a thread and connection of its own, begun together; on SQLite in memory one after the other."""
    if connection.vendor != "postgresql":
        return [work() for work in works]
    start = threading.Barrier(len(works))

    def run(work):
        try:
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result() for done in [pool.submit(run, work) for work in works]]


def issue(member, key, amount=5):
    return ledger.issue(member=member, amount=amount, key=key, cause="race", subject="x", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_the_same_members_feathers_crosswise_wait_and_do_not_fail():
    @repeatable
    def both(name, first, second):
        ledger.together(first, second)
        issue(first, f"{name} first")
        issue(second, f"{name} second")

    a, b, c, d = PEOPLE
    for lap in range(10):
        at_once(
            lambda lap=lap: both(f"{lap} ab", a, b),
            lambda lap=lap: both(f"{lap} ba", b, a),
            lambda lap=lap: both(f"{lap} cd", c, d),
            lambda lap=lap: both(f"{lap} dc", d, a),
        )
    assert [balance(person).available for person in PEOPLE] == [150, 100, 50, 100]
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_who_did_not_open_them_together_is_repeated_by_the_house():
    @repeatable
    def both(name, first, second):
        issue(first, f"{name} first")
        issue(second, f"{name} second")

    a, b, *_ = PEOPLE
    for lap in range(3):
        at_once(lambda lap=lap: both(f"{lap} ab", a, b), lambda lap=lap: both(f"{lap} ba", b, a))
    assert [balance(person).available for person in (a, b)] == [30, 30]


@pytest.mark.django_db(transaction=True)
def test_of_many_with_one_key_one_is_the_first():
    @repeatable
    def submit():
        return issue(PEOPLE[0], "the same").new

    assert sorted(at_once(*[submit] * 6)) == [False] * 5 + [True]
    assert Transfer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_spends_only_those_pass_that_there_are_feathers_for():
    with transaction.atomic():
        issue(PEOPLE[0], "all", amount=30)

    @repeatable
    def spend(number):
        words = {"cause": "race", "subject": "x", "at": NOON}
        try:
            return ledger.spend(member=PEOPLE[0], amount=20, key=f"spend {number}", **words).new
        except ledger.TooFew:
            return False

    assert sum(at_once(*[lambda n=n: spend(n) for n in range(6)])) == 1
    assert balance(PEOPLE[0]).available == 10


@pytest.mark.django_db(transaction=True)
def test_sealers_beside_each_other_and_beside_writers_leave_one_chain():
    post = repeatable(issue)
    for lap in range(8):
        writers = [lambda lap=lap, p=p: post(p, f"{lap} {p}") for p in PEOPLE]
        sealers = [lambda lap=lap: ledger.seal(at=NOON + timedelta(minutes=lap))] * 3
        at_once(*writers, *sealers)
    ledger.seal(at=NOON)
    assert Anchor.objects.count() >= 8
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_work_that_the_database_broke_off_runs_again_and_other_faults_are_told():
    class Deadlock(Exception):
        sqlstate = "40P01"

    tried = []

    @repeatable
    def broken(times):
        tried.append(times)
        if len(tried) <= times:
            raise OperationalError("deadlock detected") from Deadlock()
        return issue(PEOPLE[0], "a").new

    assert broken(2) and len(tried) == 3
    tried.clear()
    with pytest.raises(OperationalError):
        broken(100)
    assert 1 < len(tried) < 100
    tried.clear()
    # Within another's transaction it is for that one to begin anew.
    with pytest.raises(OperationalError), transaction.atomic():
        broken(1)
    assert len(tried) == 1


@pytest.mark.django_db(transaction=True)
def test_verification_reads_one_moment_while_others_write():
    post = repeatable(issue)
    for number in range(20):
        post(PEOPLE[number % 4], f"before {number}")
    works = [lambda n=n: post(PEOPLE[n % 4], f"meanwhile {n}") for n in range(6)]
    *_, faults, sampled = at_once(*works, lambda: verify().faults, lambda: ledger.check_sample(at=NOON))
    assert (faults, sampled) == ([], [])
