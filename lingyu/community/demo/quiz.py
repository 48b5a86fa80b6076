"""The demo's quiz: questions below some articles, and members who answered them after reading.

The questions lie beside this file, `questions.txt`: below the two digits of an article, a question,
its right option marked `*`, the others `-`.
"""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.quiz import actions
from lingyu.community.quiz.drawing import reading_time

from .diary import Diary

FILE = Path(__file__).with_name("questions.txt")


def plan(people: dict, articles: list[Article], random: Random, now: datetime, diary: Diary) -> None:
    """Put the questions into the pools, approve them, and have some members answer."""
    for number, questions in _pools().items():
        article = articles[number - 1]
        for text, options in questions:
            _ask_of_readers(article, text, options)
        for member in random.sample(list(people.values()), 6):
            if member.id != article.author_id:
                _read_and_answer(member, article, random, now, diary)


def _ask_of_readers(article: Article, text: str, options: list[str]) -> None:
    at = article.published_at + timedelta(minutes=5)
    question = actions.write_question(
        actor=article.author, article=article, text=text, options=options, right=0, at=at
    )
    actions.approve_question(actor=article.author, question=question, at=at)


def _read_and_answer(member: Member, article: Article, random: Random, now: datetime, diary: Diary) -> None:
    """One answer after a real reading, right three times out of four."""
    opened = article.published_at + (now - article.published_at) * random.uniform(0.05, 0.95)
    at = opened + reading_time(article) + timedelta(seconds=random.randrange(5, 240))
    diary.at(at, partial(_answer, member, article, opened, at, random.random() < 0.75))


def _answer(member: Member, article: Article, opened: datetime, at: datetime, well: bool) -> None:
    asking = actions.ask(actor=member, article=article, opened_at=opened, at=at)
    right = asking.order.index(asking.question.right)
    shown = right if well else (right + 1) % len(asking.order)
    actions.answer(actor=member, article=article, asking=asking.id, shown=shown, at=at)


def _pools() -> dict[int, list[tuple[str, list[str]]]]:
    """(question, options with the right one first) by the number of the article."""
    pools: dict[int, list[tuple[str, list[str]]]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        mark, _, words = line.partition(" ")
        if mark == "#":
            pool = pools.setdefault(int(words), [])
        elif mark == "*":
            pool[-1][1].insert(0, words)
        elif mark == "-":
            pool[-1][1].append(words)
        elif line:
            pool.append((line, []))
    return pools
