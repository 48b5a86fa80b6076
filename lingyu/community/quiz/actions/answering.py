"""Asking and answering: one question drawn and shuffled for one member, graded once.

Holds writes of askings, and the reward.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..drawing import PAUSE, TRIES_A_DAY, draw, reading_time, shuffled
from ..events import AnsweredRight, AnsweredWrong
from ..models import Asking, Question
from ..rewards import RIGHT

State = Literal["right", "wrong", "early", "again", "gone", "pause", "tired", "closed"]


@dataclass(frozen=True)
class Answered:
    """What came of an answer: its state, how long to wait (early, pause), the receipt of a right one."""

    state: State
    wait: timedelta = timedelta()
    receipt: Receipt | None = None


def standing(member: Member, article: Article, at: datetime) -> Answered | None:
    """Why a member is asked nothing now: answered rightly before, pausing, or tired for today."""
    answered = Asking.objects.of(member, article).answered()
    if answered.filter(right=True).exists():
        return Answered("again")
    today = [a for a in answered[:TRIES_A_DAY] if timezone.localdate(a.answered_at) == timezone.localdate(at)]
    if len(today) >= TRIES_A_DAY:
        return Answered("tired")
    if today and at - today[0].answered_at < PAUSE:
        return Answered("pause", PAUSE - (at - today[0].answered_at))
    return None


@repeatable
def ask(*, actor: Member, article: Article, opened_at: datetime, at: datetime | None = None) -> Asking | None:
    """Draw a question for `actor`, shuffled, or the one still open; None when there is none."""
    at = at or timezone.now()
    _turn(actor)
    asked = list(Asking.objects.of(actor, article).select_related("question"))
    still = next((a for a in asked if a.answered_at is None and a.question.state == "asked"), None)
    if still:
        return still
    questions = list(Question.objects.about(article).asked())
    found = draw(questions, [a.question_id for a in asked])
    if found is None:
        return None
    return Asking.objects.create(
        question=found,
        member=actor,
        order=shuffled(len(found.options)),
        opened_at=min(opened_at, at),
        asked_at=at,
    )


@repeatable
def answer(
    *, actor: Member, article: Article, asking: UUID, shown: int, at: datetime | None = None
) -> Answered:
    """Grade the option shown as number `shown`; each asking once, and never earlier than reading takes."""
    at = at or timezone.now()
    _turn(actor)
    found = (
        Asking.objects.select_related("question")
        .filter(id=asking, member=actor, question__article=article)
        .first()
    )
    if found is None or not article.is_published or not open_to(actor, article):
        return Answered("closed")
    if found.answered_at:
        return Answered("again")
    if stands := standing(actor, article, at):
        return stands
    if found.question.state != "asked" or not 0 <= shown < len(found.order):
        return Answered("gone")
    early = found.opened_at + reading_time(article) - at
    if early > timedelta(0):
        return Answered("early", early)
    return _grade(found, article, found.order[shown], at)


def _grade(found: Asking, article: Article, chosen: int, at: datetime) -> Answered:
    right = chosen == found.question.right
    Asking.objects.filter(id=found.id).update(answered_at=at, answer=chosen, right=right)
    fact = AnsweredRight if right else AnsweredWrong
    record(
        fact(
            occurred_at=at,
            person=found.member.key,
            actor=found.member.key,
            article=article.id,
            question=found.question_id,
            author=str(article.author_id),
        )
    )
    if not right:
        return Answered("wrong", PAUSE)
    receipt = feathers.earn(
        actor=found.member,
        member=found.member,
        rule=RIGHT,
        subject=f"article:{article.id}",
        facts={"others": int(not _knows_the_key(found.member, article))},
        at=at,
    )
    return Answered("right", receipt=receipt)


def _knows_the_key(member: Member, article: Article) -> bool:
    """Who wrote the article, or a question of it, or has decided on one."""
    had_a_hand = Q(written_by=member) | Q(approved_by=member) | Q(retired_by=member)
    if member.id == article.author_id:
        return True
    return Question.objects.about(article).filter(had_a_hand).exists()


def _turn(member: Member) -> None:
    """One after the other for one member, whatever number of tabs."""
    list(Member.objects.filter(id=member.id).select_for_update().values_list("id"))
