"""The demo's favourites: what members keep, and in which folders."""

from datetime import datetime
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.favourites import actions
from lingyu.community.favourites.models import Favourite

FOLDERS = ("方法论", "写周报用", "下次活动")
NOTES = ("第三节的算法可以直接用", "周会上讲一讲", "和上个月那篇对着看")


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Everybody keeps a few; some sort them."""
    for member in people.values():
        names = random.sample(FOLDERS, random.randrange(len(FOLDERS)))
        folders = [actions.make_folder(actor=member, name=name, at=now) for name in names]
        for article in random.sample(articles, random.randint(2, len(articles) // 3)):
            at = article.published_at + (now - article.published_at) * random.random()
            actions.add_favourite(
                actor=member, article=article, folder=random.choice([None, *folders]), at=at
            )
        _note(member, random)


def _note(member: Member, random: Random) -> None:
    kept = Favourite.objects.of(member).select_related("article__column", "folder").first()
    if kept and random.random() < 0.6:
        note = random.choice(NOTES)
        actions.file_favourite(actor=member, favourite=kept, folder=kept.folder, note=note, at=kept.at)
