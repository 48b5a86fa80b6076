"""A public forum engine (django-spirit) at the same size, for `bench.pages`: makes its folder and fills it.

Run by the interpreter of a virtual environment of its own, which has `django-spirit` and `granian`; it
imports nothing of ours. The engine's own project and production settings, but with SQLite set as ours is,
a cache in memory, and thirty comments on a page.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

SETTINGS = """
from forum.settings.prod import *
ALLOWED_HOSTS = ["127.0.0.1"]
LANGUAGE_CODE = "zh-hans"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES.update({name: {"BACKEND": MEMORY, "LOCATION": name} for name in CACHES})
DATABASES = {"default": {
    "ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR + "/forum.sqlite3", "CONN_MAX_AGE": None,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command":
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32768;"},
}}
LOGGING = {"version": 1}
"""


def main(folder: Path, topics: int, comments: int, measured: int, thread: int) -> None:
    """A project below `folder`, migrated, with static files collected and rows by bulk insertion."""
    folder.mkdir(parents=True)
    here = Path(sys.executable).parent
    # It calls django-admin by its name.
    env = {**os.environ, "PATH": f"{here}:{os.environ['PATH']}"}
    made = [here / "spirit", "startproject", "forum"]
    subprocess.run(made, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=env)
    # With it the project's folder would be taken for the package of the same name inside it.
    (folder / "forum" / "__init__.py").unlink()
    (folder / "forum" / "forum_settings.py").write_text(SETTINGS, encoding="utf-8")
    sys.path.insert(0, str(folder / "forum"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "forum_settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    addresses = _fill(topics, comments, measured, thread)
    (folder / "addresses.json").write_text(json.dumps(addresses), encoding="utf-8")


def _fill(topics: int, comments: int, measured: int, thread: int) -> list[str]:
    from django.contrib.auth import get_user_model
    from djconfig.models import Config
    from spirit.category.models import Category
    from spirit.comment.models import Comment
    from spirit.topic.models import Topic
    from spirit.user.models import UserProfile

    random = Random(20)
    User = get_user_model()
    people = User.objects.bulk_create(
        User(username=f"member{n}", email=f"m{n}@example.org") for n in range(2_200)
    )
    UserProfile.objects.bulk_create(UserProfile(user=u, nickname=u.username, slug=u.username) for u in people)
    category = Category.objects.create(title="运营")
    rows = [
        Topic(user=random.choice(people), category=category, title=f"复盘留存 {n}", slug=f"topic-{n}")
        for n in range(topics)
    ]
    Topic.objects.bulk_create(rows, batch_size=2_000)
    below = [t for t in rows[:measured] for _ in range(thread)]
    below += random.choices(rows[measured:], k=comments - len(below))
    said = "，".join(["运营社区"] * 12)
    Comment.objects.bulk_create(
        (
            Comment(user=random.choice(people), topic=t, comment=said, comment_html=f"<p>{said}</p>")
            for t in below
        ),
        batch_size=2_000,
    )
    Config.objects.update_or_create(key="comments_per_page", defaults={"value": str(thread)})
    return [t.get_absolute_url() for t in rows[:measured]]


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
