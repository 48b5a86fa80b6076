"""The life of a change: proposed, in shadow, replayed, labelled, live, overturned, rolled back by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Case
from lingyu.community.comments.models import Comment
from lingyu.community.pact import engine
from lingyu.community.pact.models import Screening
from lingyu.community.pact.screening import Post
from lingyu.community.rulebook import actions, effects, readiness
from lingyu.community.rulebook.events import ChangeLive, ChangeRolledBack, RefusalRegretted
from lingyu.community.rulebook.limits import LIMITS
from lingyu.community.rulebook.models import Difference, Edition, Move, RuleChange, Sample, Specimen, Trial

from .conftest import content, tried

NOW = timezone.now


def labels(change, laoban, breaks=lambda specimen: True):
    """Draw a sample and label all of it."""
    actions.draw(actor=laoban, change=change, seed=7)
    for specimen in Specimen.objects.filter(sample__change=change).select_related("difference", "sample"):
        actions.label(actor=laoban, specimen=specimen, breaks=breaks(specimen))


def found(body):
    """The decision of this process, with what is in force at this moment."""
    engine.ENGINE.catch_up()
    return engine.screener().screen(Post(body)).decision


def test_a_change_goes_its_whole_way_and_is_rolled_back_by_itself(
    proposed, say, laoban, luren, dapeng, facts
):
    for n in range(12):
        say(f"你就是个讨厌鬼，第{n}回了")
    say("今天的文章不错")
    change = proposed("讨厌鬼")
    # In shadow it decides nothing, and what it would have said is kept.
    say("又见讨厌鬼，走开")
    assert Screening.objects.order_by("-at").first().decision == "pass"
    tried()
    shadow = Difference.objects.get(phase="shadow")
    assert (shadow.kind, shadow.clause, shadow.before, shadow.after) == ("new", "2.6", "pass", "review")
    assert shadow.spans == [["text", 2, 5, "bank:site/讨厌鬼"]]
    replay = change.trials.get(phase="replay")
    assert (replay.done, replay.total) == (14, 14)
    assert Difference.objects.filter(phase="replay", kind="new").count() == 12
    # What is missing is said.
    later = NOW() + LIMITS.shadow + timedelta(hours=1)
    with pytest.raises(ValidationError, match="no sample is drawn"):
        actions.go_live(actor=laoban, change=change, at=later)
    with pytest.raises(ValidationError, match=r"lasts \d+ more hours"):
        actions.go_live(actor=laoban, change=change)
    labels(change, laoban)
    assert found("讨厌鬼来了") == "pass"
    edition = actions.go_live(actor=laoban, change=change, at=later)
    assert found("讨厌鬼来了") == "review"
    assert facts(ChangeLive)[0].edition == edition.key
    # Live, it holds comments of which moderators say that they break nothing.
    for n in range(LIMITS.overturned_of):
        say(f"讨厌鬼是这本书的名字，第{n}章", at=later + timedelta(minutes=n + 1))
    latest = Screening.objects.order_by("-at").first()
    assert (latest.decision, latest.versions["edition"]) == ("review", edition.key)
    assert latest.versions["banks"] != "small"
    tried(later + timedelta(hours=2))
    held = list(Case.objects.open().filter(origin="screening"))
    assert len(held) == LIMITS.overturned_of
    for case in held[:-1]:
        cases.decide(actor=dapeng, case=case, outcome="clear", at=later + timedelta(hours=2))
    assert actions.watch_all(actor=None, at=later + timedelta(hours=3)) == 0
    cases.decide(actor=dapeng, case=held[-1], outcome="clear", at=later + timedelta(hours=2))
    assert actions.watch_all(actor=None, at=later + timedelta(hours=3)) == 1
    told = facts(ChangeRolledBack)[0]
    assert (told.actor, told.decided, told.overturned) == (None, 20, 20)
    assert RuleChange.objects.get(id=change.id).state == "rolled_back"
    assert found("讨厌鬼来了") == "pass"
    assert actions.watch_all(actor=None, at=later + timedelta(hours=3)) == 0


@pytest.fixture
def live(proposed, say, laoban):
    """A change that blocks 讨厌鬼 and sends 烦人精 to review, in force since `live.at`."""

    def go(*words, act="review", **more):
        for n, word in enumerate(words * 12):
            say(f"{word}，第{n}次")
        change = proposed(*words, act=act, **more)
        tried()
        labels(change, laoban)
        change.at_live = NOW() + LIMITS.shadow + timedelta(hours=1)
        actions.go_live(actor=laoban, change=change, at=change.at_live)
        engine.ENGINE.catch_up()
        return change

    return go


def test_one_click_undoes_all_that_a_change_did_and_nothing_that_people_did(
    live, say, laoban, dapeng, aque, luren
):
    change = live("讨厌鬼")
    at = change.at_live
    mine = [say(f"讨厌鬼出版社的书，{n}", at=at + timedelta(minutes=n)) for n in range(4)]
    decided = Case.objects.get(subject=f"comment:{mine[0].id}")
    cases.decide(actor=dapeng, case=decided, outcome="violation", lead="2.6", at=at + timedelta(hours=1))
    reported = Case.objects.get(subject=f"comment:{mine[1].id}")
    also = say("讨厌鬼笨猪，两样都有", at=at + timedelta(minutes=9))
    cases.report(actor=aque, subject=reported.subject, clause="2.6", at=at + timedelta(hours=1))
    with pytest.raises(ValidationError, match="Roll the change back first"):
        actions.undo(actor=laoban, change=change)
    later = at + timedelta(hours=2)
    tried(later)
    actions.roll_back(actor=laoban, change=change, why="书名也中招。", at=later)
    change = RuleChange.objects.get(id=change.id)
    preview = effects.undoing(change)
    assert {c.subject for c in preview.release} == {f"comment:{row.id}" for row in mine[2:]}
    assert preview.kept == 1
    actions.undo(actor=laoban, change=change, at=later)
    assert actions.undo_some(actor=None, at=later) == 0  # what came in since is still being looked through
    tried(later + timedelta(minutes=5))
    while actions.undo_some(actor=None, at=later + timedelta(minutes=5)):
        pass
    states = [Comment.objects.get(id=row.id).state for row in (*mine, also)]
    assert states == ["removed", "waiting", "approved", "approved", "waiting"]
    assert Move.objects.get(change=change, kind="inverted").figures["released"] == 2


def test_who_was_refused_by_a_change_in_error_is_told(live, say, laoban, luren, facts, monkeypatch):
    easier = replace(LIMITS, precision={**LIMITS.precision, "block": 0.7})
    monkeypatch.setattr(readiness, "LIMITS", easier)
    change = live("天堂草药", act="block", clause="1.8")
    later = change.at_live + timedelta(hours=1)
    with pytest.raises(ValidationError):
        say("天堂草药是园艺店的名字", at=later)
    tried(later + timedelta(minutes=5))
    actions.roll_back(actor=laoban, change=change, why="是店名。", at=later + timedelta(minutes=6))
    change = RuleChange.objects.get(id=change.id)
    actions.undo(actor=laoban, change=change, at=later + timedelta(minutes=7))
    tried(later + timedelta(minutes=9))
    while actions.undo_some(actor=None, at=later + timedelta(minutes=9)):
        pass
    (told,) = facts(RefusalRegretted)
    assert (told.person, told.kind) == (luren.key, "comment")


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
