"""What the tests of the rulebook share: a small set of rules, a keeper, and a site where people write."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.community.pact import engine
from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import NamedStep, Post, Screener
from lingyu.community.pact.screening.automaton import Banks, Lexicon, Term
from lingyu.community.pact.screening.rules import Rules
from lingyu.community.rulebook import actions, editions, tables
from lingyu.community.rulebook.models import Specimen
from lingyu.store.deliver import deliver_due


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """The rules that the tests begin with: two terms, one allow-word, and the typed rules."""
    terms = [
        Term("蓝色药丸", "1.8", "block", 1.0, bank="contraband"),
        Term("笨猪", "2.6", "review", 0.9, bank="abuse"),
    ]
    steps = [NamedStep("banks", Banks(Lexicon(terms, ["笨猪年画"]))), NamedStep("rules", Rules())]
    base = Screener(steps, load(), {"banks": "small", "rules": "small"})
    monkeypatch.setattr(engine, "base", lambda: base)
    monkeypatch.setattr(engine, "ENGINE", engine.Engine())
    monkeypatch.setattr(engine, "EVERY", 0.0)
    editions._made.cache_clear()
    yield base
    editions._made.cache_clear()


@pytest.fixture(autouse=True)
def english():
    """What is refused is told in English here, whatever a page before it was asked in."""
    with translation.override("en"):
        yield


@pytest.fixture
def laoban(db):
    """老板, who administers the house and keeps its rules."""
    member = accounts.join(actor=None, username="老板", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="administrator")
    return member


@pytest.fixture
def article(xiaoxi):
    """An article by 小喜 that everybody can read."""
    row = articles.write_article(actor=xiaoxi, title="拉新之后", body="先看留存，再谈增长。")
    articles.publish_article(actor=xiaoxi, article=row)
    return row


@pytest.fixture
def say(article, luren):
    """`say("…", by=luren, at=…)`: a comment, as far as the door lets it."""

    def saying(body, by=None, at=None):
        row = comments.post_comment(actor=by or luren, article=article, body=body, at=at)
        while deliver_due():
            pass
        return row

    return saying


def content(*words, clause="2.6", act="review", score="0.9", **more):
    """A content that adds these words, read as if somebody had typed them."""
    rows = [(n, {"term": w, "clause": clause, "act": act, "score": score}) for n, w in enumerate(words, 1)]
    return tables.from_rows(rows, "test", load().by_code, tables.Defaults()).content | more


@pytest.fixture
def proposed(laoban):
    """`proposed("讨厌鬼")`: a change that adds these words, on trial."""

    def propose(*words, at=None, **more):
        about = {"title": "加词 " + "、".join(words), "why": "近日多见。", "content": content(*words, **more)}
        return actions.propose(actor=laoban, at=at, **about)

    return propose


def tried(at=None):
    """Run the job of the trials until it has nothing left to do."""
    at = at or timezone.now() + timedelta(minutes=1)
    while actions.try_some(actor=None, at=at):
        pass


def labels(change, laoban, breaks=lambda specimen: True):
    """Draw a sample and label all of it."""
    actions.draw(actor=laoban, change=change, seed=7)
    for specimen in Specimen.objects.filter(sample__change=change).select_related("difference", "sample"):
        actions.label(actor=laoban, specimen=specimen, breaks=breaks(specimen))


def found(body):
    """The decision of this process, with what is in force at this moment."""
    engine.ENGINE.catch_up()
    return engine.screener().screen(Post(body)).decision
