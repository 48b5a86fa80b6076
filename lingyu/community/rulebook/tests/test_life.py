"""The life of a change: proposed, in shadow, replayed, labelled, live, overturned, rolled back by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Case
from lingyu.community.comments.models import Comment
from lingyu.community.pact import engine
from lingyu.community.pact.models import Screening
from lingyu.community.rulebook import actions, effects, readiness
from lingyu.community.rulebook.events import ChangeLive, ChangeRolledBack, RefusalRegretted
from lingyu.community.rulebook.limits import LIMITS
from lingyu.community.rulebook.models import Difference, Move, RuleChange

from .conftest import found, labels, tried

NOW = timezone.now


def test_in_shadow_a_change_decides_nothing_and_what_it_would_have_said_is_kept(proposed, say):
    for n in range(3):
        say(f"你就是个讨厌鬼，第{n}回了")
    say("今天的文章不错")
    change = proposed("讨厌鬼")
    say("又见讨厌鬼，走开")
    assert Screening.objects.order_by("-at").first().decision == "pass"
    tried()
    shadow = Difference.objects.get(phase="shadow")
    assert (shadow.kind, shadow.clause, shadow.before, shadow.after) == ("new", "2.6", "pass", "review")
    assert shadow.spans == [["text", 2, 5, "bank:site/讨厌鬼"]]
    trials = {t.phase: t for t in change.trials.all()}
    # The article was screened as well.
    assert (trials["replay"].done, trials["replay"].total, trials["shadow"].done) == (5, 5, 1)
    assert trials["replay"].each > 0


def test_a_change_goes_its_whole_way_and_is_rolled_back_by_itself(
    proposed, say, laoban, luren, dapeng, facts
):
    for n in range(12):
        say(f"你就是个讨厌鬼，第{n}回了")
    change = proposed("讨厌鬼")
    tried()
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
