"""Processes that race on one SQLite file: run by `test_races` with a data folder of its own.

Prints, as JSON, what came of it.
"""

import json
import multiprocessing
from datetime import UTC, datetime

import django

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
READ = NOON.replace(minute=5)
PROCESSES = 8


def _prepare() -> dict:
    from django.core.management import call_command

    from lingyu.community.accounts import actions as accounts
    from lingyu.community.articles import actions as articles

    call_command("migrate", verbosity=0)
    writer, one, other = (accounts.join(actor=None, username=n) for n in ("writer", "one", "other"))
    made = []
    for title in ("first", "second"):
        article = articles.write_article(actor=writer, title=title, body="words", at=NOON)
        articles.publish_article(actor=writer, article=article, at=NOON)
        made.append(article.id)
    return {"articles": made, "one": one.id, "other": other.id}


def _link(told) -> str:
    """Ask for one and the same link."""
    from lingyu.community.accounts.models import Member
    from lingyu.community.articles.models import Article
    from lingyu.community.sharing import actions

    member, article = told
    made = actions.make_link(
        actor=Member.objects.get(id=member), article=Article.objects.get(id=article), at=NOON
    )
    return str(made.id)


def _read(told) -> None:
    """Report a read of a visitor."""
    from lingyu.community.articles.models import Article
    from lingyu.community.sharing import actions

    visitor, article = told
    actions.follow_read(person=visitor, article=Article.objects.get(id=article), at=READ)


def _race(pool, people: dict) -> dict:
    from lingyu.community.ledger.reads import balance
    from lingyu.community.ledger.verify import verify
    from lingyu.community.sharing.models import Arrival, ShareLink

    from .known import comes, someone

    first, second = people["articles"]
    links = set(pool.map(_link, [(people["one"], first)] * 40, chunksize=1))
    visitor = someone()
    comes(ShareLink.objects.get(), visitor)
    pool.map(_read, [(visitor, first)] * 50, chunksize=1)
    _link((people["other"], second))
    many = [someone() for _ in range(20)]
    for reader in many:
        comes(ShareLink.objects.get(member=people["other"]), reader)
    pool.map(_read, [(v, second) for v in many], chunksize=1)
    return {
        "links": len(links),
        "one_reader": balance(people["one"]).pending,
        "many_readers": balance(people["other"]).pending,
        "qualified": Arrival.objects.qualified().count(),
        "faults": [str(f) for f in verify().faults],
    }


def main() -> None:
    """Prepare, race, tell."""
    from django.db import connections

    people = _prepare()
    connections.close_all()
    with multiprocessing.get_context("spawn").Pool(PROCESSES, initializer=django.setup) as pool:
        print(json.dumps(_race(pool, people)))


if __name__ == "__main__":
    django.setup()
    main()
