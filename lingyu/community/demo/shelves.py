"""The demo's shelves: what its columns are about. Reads are counted as the facts of the articles say."""

from datetime import datetime
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Column
from lingyu.community.shelves import actions

ABOUT = {
    "method": (
        "怎么做：流程、清单、模板，拿来就能用。",
        "How it is done: steps, checklists, templates to take along.",
    ),
    "numbers": (
        "怎么算：把一个数拆开，看清是什么在推动它。",
        "How it is counted: take a number apart and see what moves it.",
    ),
    "casebook": (
        "做过的事：哪里成了，哪里没成，下次怎么办。",
        "What was done: where it worked, where it did not, what comes next.",
    ),
    "career": ("人的事：怎么入行，怎么成长，怎么带人。", "About people: how to begin, to grow, and to lead."),
}


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Describe the columns."""
    for column in Column.objects.filter(slug__in=ABOUT):
        zh, en = ABOUT[column.slug]
        actions.describe_column(
            actor=people["aque"], column=column, zh=zh, en=en, at=articles[0].published_at
        )
