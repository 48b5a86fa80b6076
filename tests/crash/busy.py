"""Processes that write or ship without a pause, so that a kill meets them at work.

`write FILE` posts comments through the action that the site uses, and adds a comment's id to
FILE after the transaction that wrote it. `ship` ships again and again. Both run until killed.
"""

import os
import sys
import time

import django


def main(what: str, *rest: str) -> None:
    """Do one of the two."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lingyu.config.settings"
    django.setup()
    {"write": write, "ship": ship}[what](*rest)


def write(path: str) -> None:
    """Post comments by the hundred; the acknowledgement follows the commit."""
    from django.db import transaction

    from lingyu.community.accounts.models import Member
    from lingyu.community.articles.models import Article
    from lingyu.community.comments.actions import post_comment

    actor, article = Member.objects.first(), Article.objects.published().first()
    with open(path, "a") as file:
        while True:
            with transaction.atomic():
                made = [post_comment(actor=actor, article=article, body="一句话。") for _ in range(5)]
            file.writelines(f"{comment.id}\n" for comment in made)
            file.flush()
            time.sleep(0.005)


def ship() -> None:
    """Ship for ever; somebody else may be shipping, too."""
    from lingyu.store.engines import engine
    from lingyu.store.ship import lease, ship_all

    while True:
        ship_all()
        with lease():
            engine().tidy()


if __name__ == "__main__":
    main(*sys.argv[1:])
