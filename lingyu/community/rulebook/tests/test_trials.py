"""What a change has to show: replay, shadow, a labelled sample, the examples; and what cannot be proposed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lingyu.community.rulebook import actions, readiness
from lingyu.community.rulebook.limits import LIMITS
from lingyu.community.rulebook.models import Difference, Edition, RuleChange, Sample, Specimen, Trial

from .conftest import content, found, labels, tried

NOW = timezone.now


def test_blocking_needs_189_right_out_of_189_and_says_so(proposed, say, laoban):
    for n in range(30):
        say(f"卖天堂草药，第{n}批")
    change = proposed("天堂草药", act="block", clause="1.8")
    tried()
    labels(change, laoban)
    (missing,) = readiness.missing(change, NOW() + LIMITS.shadow + timedelta(hours=1))
    assert "30 labelled" in missing and "189 would be needed" in missing


def test_a_change_of_which_one_in_two_is_wrong_never_goes_live(proposed, say, laoban):
    for n in range(40):
        say(f"讨厌鬼，第{n}回")
    change = proposed("讨厌鬼")
    tried()
    labels(change, laoban, breaks=lambda s: s.place % 2 == 0)
    with pytest.raises(ValidationError, match=r"60 % is asked for"):
        actions.go_live(actor=laoban, change=change, at=NOW() + LIMITS.shadow + timedelta(hours=1))
    assert not Edition.objects.exists()


def test_a_sample_is_labelled_whole_and_not_up_to_the_first_good_figure(proposed, say, laoban):
    for n in range(12):
        say(f"讨厌鬼，第{n}回")
    change = proposed("讨厌鬼")
    tried()
    labels(change, laoban)
    one = Specimen.objects.select_related("sample").first()
    actions.label(actor=laoban, specimen=one, breaks=None)
    later = NOW() + LIMITS.shadow + timedelta(hours=1)
    assert readiness.missing(change, later) == [
        "Of what it would send to review 1 texts are drawn and not labelled."
    ]


def test_a_term_that_hits_nothing_does_not_go_live_for_want_of_evidence(proposed, say, laoban):
    change = proposed("从来没人说过的词")
    tried()
    assert "nothing tells" in readiness.missing(change, NOW() + timedelta(days=30))[0]


def test_what_is_lost_is_labelled_the_other_way_round(say, laoban):
    for n in range(12):
        say(f"笨猪年糕，第{n}锅")
    change = actions.propose(
        actor=laoban, title="撤下", why="是年货。", content=content(withdrawn=[["笨猪", "2.6"]])
    )
    tried()
    assert set(Difference.objects.values_list("kind", "stratum")) == {("lost", "lost")}
    labels(change, laoban, breaks=lambda s: False)
    golden = change.trials.get(phase="replay").golden
    assert golden["checked"] > 2_000
    actions.go_live(actor=laoban, change=change, at=NOW() + LIMITS.shadow + timedelta(hours=1))
    assert found("笨猪年糕") == "pass"


def test_the_examples_of_the_clauses_hold_a_change_up_that_would_get_them_wrong(say, laoban, small):
    from lingyu.community.pact.clauses import examples

    # The typed rules find these; a change that switches one off loses its examples.
    setting = {"rule": "links", "clause": "3.4", "least": 2.0}
    change = actions.propose(actor=laoban, title="关掉", why="试试。", content=content(rules=[setting]))
    tried()
    golden = change.trials.get(phase="replay").golden
    assert golden["checked"] == sum(len(e.hits) + len(e.misses) for e in examples().values())
    assert {row["clause"] for row in golden["regressions"]} == {"3.4"}
    missing = readiness.missing(change, NOW() + timedelta(days=9))
    assert any("decided wrongly (3.4)" in words for words in missing)


def test_a_threshold_of_a_clause_is_a_change_like_any_other(say, laoban):
    say("笨猪一头")
    limits = {"2.6": {"review": 0.95, "block": 0.95}}
    change = actions.propose(actor=laoban, title="门槛", why="误伤。", content=content(limits=limits))
    tried()
    row = Difference.objects.get(change=change)
    assert (row.kind, row.before, row.after) == ("lost", "review", "pass")


def test_a_replay_that_is_stopped_goes_on_and_counts_nothing_twice(proposed, say, monkeypatch):
    for n in range(9):
        say(f"讨厌鬼，第{n}回")
    change = proposed("讨厌鬼")
    monkeypatch.setattr("lingyu.community.rulebook.trying.BATCH", 4)
    at = NOW()
    actions.try_some(actor=None, at=at)
    trial = Trial.objects.get(phase="replay")
    assert (trial.done, trial.ended_at) == (4, None)
    # Two workers with the same batch in hand: one keeps it.
    from lingyu.community.rulebook.actions import trying

    stale = Trial.objects.select_related("change").get(id=trial.id)
    assert trying._advance(trial, at) == 4
    assert trying._advance(stale, at) == 0
    tried(at)
    assert Trial.objects.get(phase="replay").done == 10
    assert Difference.objects.filter(change=change, phase="replay").count() == 9


def test_a_sample_drawn_with_the_same_seed_is_the_same(proposed, say, laoban):
    for n in range(90):
        say(f"讨厌鬼，第{n}回")
    change = proposed("讨厌鬼")
    tried()
    first = actions.draw(actor=laoban, change=change, seed=3)
    drawn = [s.difference_id for s in first.specimens.order_by("place")]
    assert first.sizes == {"block": [0, 0], "review": [60, 90], "lost": [0, 0]}
    with transaction.atomic():
        sid = transaction.savepoint()
        again = actions.draw(actor=laoban, change=change, seed=3)
        assert not set(drawn) & {s.difference_id for s in again.specimens.all()}
        transaction.savepoint_rollback(sid)
    assert Sample.objects.count() == 1


def test_what_was_proposed_and_what_became_of_it_cannot_be_rewritten(proposed):
    change = proposed("讨厌鬼")
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChange.objects.filter(id=change.id).update(title="别的")


def test_a_withdrawn_change_is_tried_no_more(proposed, say, laoban):
    change = proposed("讨厌鬼")
    actions.withdraw(actor=laoban, change=change, why="写错了。")
    say("讨厌鬼")
    tried()
    assert not Difference.objects.exists()
    with pytest.raises(ValidationError, match="not where you saw it"):
        actions.withdraw(actor=laoban, change=change, why="再来。")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (content("笨猪年画"), "is an allow-word"),
        (content(allowed=["笨猪"]), "withdraw it before"),
        (content(withdrawn=[["没有", "2.6"]]), "is not looked for"),
        (content(rules=[{"rule": "links", "clause": "2.6", "least": 0.5}]), "finds nothing under"),
        (content(limits={"9.9": {"review": 0.5, "block": 0.9}}), "no clause 9.9"),
        (content(), "Nothing would change"),
    ],
)
def test_what_cannot_be_applied_is_refused_with_the_reason(laoban, what, said):
    with pytest.raises(ValidationError, match=said):
        actions.propose(actor=laoban, title="试", why="试。", content=what)
    assert not RuleChange.objects.exists()
