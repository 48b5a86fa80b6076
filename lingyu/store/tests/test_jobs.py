"""Jobs run when they are due, once at a time, and again after a fault."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.kernel.jobs import JOBS, Job
from lingyu.store.jobs import LEASE, ROUNDS, run_due
from lingyu.store.models import JobRun

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


@pytest.fixture
def sweep(monkeypatch):
    """A job every five minutes that finds three heaps, then none; the list of its calls."""
    calls, heaps = [], [3, 0]

    def run(now):
        calls.append(now)
        return heaps.pop(0) if heaps else 0

    for code in list(JOBS):
        monkeypatch.delitem(JOBS, code)
    monkeypatch.setitem(JOBS, "test.sweep", Job("test.sweep", "清扫", "Sweep", timedelta(minutes=5), run))
    return calls


def test_a_job_is_called_until_nothing_is_left_and_then_rests(sweep):
    assert run_due(NOON) == 3
    assert len(sweep) == 2
    assert run_due(NOON + timedelta(minutes=4)) == 0
    assert len(sweep) == 2
    run_due(NOON + timedelta(minutes=5))
    assert len(sweep) == 3


def test_a_job_that_another_worker_holds_is_left_alone_until_its_lease_ends(sweep):
    JobRun.objects.create(code="test.sweep", next_at=NOON, leased_until=NOON + LEASE)
    run_due(NOON + timedelta(minutes=1))
    assert not sweep
    run_due(NOON + LEASE)
    assert sweep


def test_a_fault_is_noted_and_the_job_tried_again(sweep, monkeypatch):
    def fail(now):
        raise RuntimeError("no broom")

    monkeypatch.setitem(JOBS, "test.sweep", Job("test.sweep", "清扫", "Sweep", timedelta(minutes=5), fail))
    assert run_due(NOON) == 0
    run = JobRun.objects.get(code="test.sweep")
    assert run.last_error == "RuntimeError: no broom"
    assert (run.leased_until, run.next_at) == (None, NOON + timedelta(minutes=5))


def test_a_job_without_end_gives_the_others_their_turn(sweep, monkeypatch):
    calls = []

    def endless(now):
        calls.append(now)
        return 1

    monkeypatch.setitem(JOBS, "test.sweep", Job("test.sweep", "清扫", "Sweep", timedelta(minutes=5), endless))
    assert run_due(NOON) == ROUNDS == len(calls)
    assert JobRun.objects.get(code="test.sweep").next_at == NOON
