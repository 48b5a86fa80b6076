"""A preview of very many receipts: members drawn by chance, what that allows to say, and its end in time."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers import actions, drawing, replaying
from lingyu.community.feathers.drawing import BUCKETS, bucket, estimate
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.replaying import replay
from lingyu.community.feathers.rules import RULES

QUIZ = RULES["quiz.right"]
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def crowd(db, monkeypatch):
    """Sixty members with one to three quizzes each, looked at one by one."""
    monkeypatch.setattr(drawing, "TOGETHER", 1)
    # However busy the machine is: how time runs out is a test of its own.
    monkeypatch.setattr(replaying, "SECONDS", 3_600)
    members = [accounts.join(actor=None, username=f"plume{number}") for number in range(60)]
    for number, member in enumerate(members):
        for quiz in range(1 + number % 3):
            about = {"member": member, "rule": QUIZ, "subject": f"article:{quiz}"}
            actions.earn(actor=None, **about, facts={"others": 1}, at=NOW)
    return members


def replayed(most: int, **changes):
    """The terms as declared against the same with changes, for about `most` receipts."""
    return replay(QUIZ, QUIZ.terms, replace(QUIZ.terms, **changes), days=30, at=NOW, most=most)


def test_all_are_judged_where_there_are_not_too_many(crowd):
    found = replayed(120, amount=8)
    assert (found.share, found.members, found.attempts) == (1, 60, 120)
    assert found.difference == drawing.Estimate(360, 360, 360)


def test_too_many_are_judged_by_a_sample_the_same_one_each_time(crowd):
    found = replayed(40, amount=8)
    assert 0 < found.share < 1
    assert 40 < found.attempts < 50
    assert found.members < 60
    assert found.difference == replayed(40, amount=8).difference
    assert found.difference.total == found.whole(found.extra)
    assert found.difference.low < found.difference.total < found.difference.high


def test_members_are_drawn_by_their_buckets_and_none_twice(crowd):
    rows = Receipt.objects.filter(cause=QUIZ.code)
    batches = list(drawing.drawn(rows, 120, 10))
    ids = [id for batch, _share in batches for id in batch]
    assert sorted(ids) == sorted(m.id for m in crowd)
    assert [bucket(id) for id in ids] == sorted(bucket(id) for id in ids)
    assert all(share >= (bucket(id) + 1) / BUCKETS for batch, share in batches for id in batch)
    assert batches[-1][1] == 1


def test_a_machine_that_is_too_busy_judges_fewer(crowd, monkeypatch):
    monkeypatch.setattr(replaying, "SECONDS", -1)
    found = replayed(1_000, amount=8)
    assert found.members == 1
    assert 0 < found.share < 1


def test_whoever_tried_too_often_is_left_out_and_counted(crowd, monkeypatch):
    monkeypatch.setattr(replaying, "LONGEST", 2)
    found = replayed(1_000)
    assert (found.members, found.left_out, found.attempts) == (40, 20, 60)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    random = Random(7)  # noqa: S311
    parts = [random.choice([0, 0, -5, 3, 10, 40]) for _ in range(2_000)]
    held = 0
    for _ in range(400):
        sample = [part for part in parts if random.random() < 0.2]
        found = estimate(sum(sample), sum(part * part for part in sample), 0.2)
        held += found.low <= sum(parts) <= found.high
    assert 0.92 < held / 400 < 0.98
