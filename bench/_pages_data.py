"""A community at the size that `bench.pages` measures: articles, comments, and what hangs on them.

Rows go into the tables by bulk insertion, past the actions: nothing of writing is measured here, and a
million facts would only be waited for. What is derived on writing (prose, the search index) is made by
the rooms' own functions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, islice
from random import Random
from uuid import UUID, uuid4

from .search import VOCABULARY as WORDS

ARTICLES, COMMENTS, READINGS = 20_000, 200_000, 500_000
AUTHORS, READERS, KEYWORDS, COLUMNS = 200, 2_000, 300, 8
# So many articles have exactly thirty comments, ten of them replies; they are the ones that are asked for.
MEASURED, THREAD, REPLIES = 4_000, 30, 10
DAYS = 730
# Few words are common and many rare, as in any language: the n-th comes 1/n as often.
_TONGUE = Random(3)
_SIGNS = [chr(0x4E00 + _TONGUE.randrange(3_000)) for _ in range(1_500)]
LEXICON = _TONGUE.sample(
    WORDS + ["".join(_TONGUE.sample(_SIGNS, 2)) for _ in range(6_000)], 6_000 + len(WORDS)
)
OFTEN = list(accumulate(1 / n for n in range(1, len(LEXICON) + 1)))


@dataclass(frozen=True)
class Community:
    """What is asked for: articles with thirty comments, authors by name, and members who are signed in."""

    articles: list[UUID]
    authors: list[str]
    readers: list[UUID]


def fill(now: datetime) -> Community:
    """Everything, the same for the same moment."""
    from lingyu.community.articles.actions import recount_week

    random = Random(20)
    people = _people(random, now)
    authors, readers = people[:AUTHORS], people[AUTHORS:]
    articles = _articles(random, now, authors)
    measured = random.sample(articles, MEASURED)
    _comments(random, now, articles, measured, readers)
    _readings(random, now, articles, readers)
    recount_week(actor=None, at=now)
    _around(random, now, articles, set(measured), authors, readers)
    _index(articles)
    return Community([a.id for a in measured], [m.username for m in authors], [m.id for m in readers[:200]])


def _people(random: Random, now: datetime) -> list:
    from lingyu.community.accounts.models import Member
    from lingyu.community.accounts.names import skeleton

    names = [f"{random.choice(WORDS)}{random.choice(WORDS)}{n}" for n in range(AUTHORS + READERS)]
    joined = now - timedelta(days=DAYS)
    rows = [Member(username=n, name_key=skeleton(n), joined_at=joined, password="!") for n in names]
    return Member.objects.bulk_create(rows)


def _articles(random: Random, now: datetime, authors: list) -> list:
    """About 3 to 8 KB of HTML each, put together from sections that were rendered once."""
    from lingyu.community.articles.models import Article, Column, Keyword
    from lingyu.community.articles.prose import render

    columns = Column.objects.bulk_create(
        Column(slug=f"c{n}", zh=WORDS[n], en=f"Column {n}", position=n) for n in range(COLUMNS)
    )
    # Few keywords are common and many rare, as people choose them.
    vocabulary = [f"{WORDS[n % len(WORDS)]}{n}" for n in range(KEYWORDS)]
    keywords = Keyword.objects.bulk_create(Keyword(word=w) for w in vocabulary)
    weights = [1 / n for n in range(1, KEYWORDS + 1)]
    sections = [render(_section(random)) for _ in range(2_000)]
    rows, links = [], []
    for n in range(ARTICLES):
        at = now - timedelta(days=DAYS) * (1 - n / ARTICLES)
        told = random.sample(sections, random.randrange(2, 6))
        article = Article(
            title="".join(random.choices(LEXICON, cum_weights=OFTEN, k=6)),
            summary="，".join(random.choices(LEXICON, cum_weights=OFTEN, k=12)),
            body="",
            html="\n".join(s.html for s in told),
            headings=[h for s in told for h in s.headings],
            minutes=4,
            author=random.choice(authors),
            column=random.choice(columns),
            written_at=at,
            edited_at=at,
            published_at=at,
        )
        rows.append(article)
        chosen = {k.id for k in random.choices(keywords, weights, k=4)}
        links += [Article.keywords.through(article_id=article.id, keyword_id=k) for k in chosen]
    Article.objects.bulk_create(rows, batch_size=500)
    Article.keywords.through.objects.bulk_create(links, batch_size=5_000)
    return rows


def _section(random: Random) -> str:
    said = [
        "，".join(random.choices(LEXICON, cum_weights=OFTEN, k=random.randrange(30, 70))) + "。"
        for _ in range(4)
    ]
    rows = "\n".join(f"| {random.choice(WORDS)} | {random.randrange(9_999)} |" for _ in range(4))
    return (
        f"## {''.join(random.choices(WORDS, k=3))}\n\n{said[0]}\n\n**{said[1][:20]}** {said[2]}\n\n"
        f"- {random.choice(WORDS)}\n- [{random.choice(WORDS)}](https://example.org/)\n\n"
        f"| 项 | 数 |\n| --- | ---: |\n{rows}\n\n> {said[3]}\n"
    )


def _comments(random: Random, now: datetime, articles: list, measured: list, readers: list) -> None:
    from lingyu.community.comments.models import Approval, Comment

    thirty = {a.id for a in measured}
    others = [a for a in articles if a.id not in thirty]
    fewer = random.choices(others, k=COMMENTS - MEASURED * THREAD)
    rows, approvals = [], []

    def say(article, parent=None) -> Comment:
        said = "，".join(random.choices(LEXICON, cum_weights=OFTEN, k=random.randrange(8, 60)))
        at = article.published_at + (now - article.published_at) * random.random()
        rows.append(
            Comment(article=article, author=random.choice(readers), parent=parent, body=said, posted_at=at)
        )
        approvals.append(Approval(comment=rows[-1], by=None, at=at))
        return rows[-1]

    for article in measured:
        openings = [say(article) for _ in range(THREAD - REPLIES)]
        for _ in range(REPLIES):
            say(article, random.choice(openings))
    for article in fewer:
        say(article)
    random.shuffle(rows)
    # Openings first: a reply names the comment that it answers.
    Comment.objects.bulk_create(sorted(rows, key=lambda c: c.parent_id is not None), batch_size=2_000)
    Approval.objects.bulk_create(approvals, batch_size=5_000)


def _readings(random: Random, now: datetime, articles: list, readers: list) -> None:
    """Spread over a month, new articles read more than old ones."""
    from lingyu.community.articles.models import Reading

    people = [m.key for m in readers] + [f"visitor-{n}" for n in range(20_000)]
    month = [now - timedelta(days=n) for n in range(30)]
    drawn = (
        (articles[int(ARTICLES * random.random() ** 0.5)], random.choice(people), random.choice(month))
        for _ in range(READINGS)
    )
    while some := list(islice(drawn, 10_000)):
        Reading.objects.bulk_create(
            [Reading(id=uuid4(), article=a, person=p, day=at.date(), read_at=at) for a, p, at in some],
            ignore_conflicts=True,
        )


def _around(
    random: Random, now: datetime, articles: list, measured: set, authors: list, readers: list
) -> None:
    """What other rooms add: prices (not of the measured ones), questions, balances, notifications."""
    from lingyu.community.ledger.models import Account, account_id
    from lingyu.community.notifications.models import Notification
    from lingyu.community.quiz.models import Question
    from lingyu.community.unlocks.models import Price

    priced = random.sample([a for a in articles if a.id not in measured], 1_000)
    Price.objects.bulk_create(Price(article=a, feathers=5, by_id=a.author_id, at=now) for a in priced)
    Question.objects.bulk_create(
        Question(
            article=a,
            text="这篇文章讲了什么？",
            options=random.sample(WORDS, 4),
            right=1,
            written_by_id=a.author_id,
            written_at=now,
            approved_by_id=a.author_id,
            approved_at=now,
        )
        for a in random.sample(articles, ARTICLES // 2)
    )
    owners = [m.id for m in readers]
    Account.objects.bulk_create(
        Account(id=account_id(k, m), kind=k, owner=str(m), balance=b)
        for m in owners
        for k, b in (("available", random.randrange(200)), ("pending", 10))
    )
    Notification.objects.bulk_create(
        Notification(id=uuid4(), member_id=m, kind="comment_approved", group=f"g{n}", at=now, here=True)
        for m in owners
        for n in range(random.randrange(6))
    )


def _index(articles: list) -> None:
    from django.db import transaction

    from lingyu.community.search.actions import index_article

    for start in range(0, len(articles), 1_000):
        with transaction.atomic():
            for article in articles[start : start + 1_000]:
                index_article(actor=None, article=article.id)
