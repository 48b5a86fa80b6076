"""Drawing: which question a reader gets, when an answer may come, and how often.

Holds the limits and pure choices; `actions` keeps what comes of them.
"""

from datetime import timedelta
from random import SystemRandom

from lingyu.community.articles.models import Article

# What a fast reader needs, as a share of the time that the article says it takes; at least, at most.
SHARE = 0.4
LEAST, MOST = timedelta(seconds=20), timedelta(minutes=5)
# Answers a member may give to one article on one day, and the pause after a wrong one.
TRIES_A_DAY = 3
PAUSE = timedelta(minutes=2)

_random = SystemRandom()


def reading_time(article: Article) -> timedelta:
    """How long after the opening an answer is taken at the earliest."""
    return min(MOST, max(LEAST, timedelta(minutes=article.minutes) * SHARE))


def shuffled(count: int) -> list[int]:
    """The numbers of the options in an order that nobody can foresee."""
    order = list(range(count))
    _random.shuffle(order)
    return order


def draw(questions: list, seen: list) -> object | None:
    """One question: of those not seen yet, or seen longest ago; `seen` are ids, newest first."""
    if not questions:
        return None
    fresh = [q for q in questions if q.id not in seen]
    if fresh:
        return _random.choice(fresh)
    return max(questions, key=lambda q: seen.index(q.id))
