"""The community's part of the demo: simulated members, columns, articles, comments and reads.

Everything enters through the actions, as a real member's doing would. The texts lie beside this
file, written for the demo: `articles/*.md` with a head of `name: value` lines, and `comments.txt`.
The members say in their profiles that they are simulated.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random

from django.db import transaction

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article, Column
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.kernel.ids import LINGYU

from .diary import Diary, settle

FOLDER = Path(__file__).parent
# One password for all: the demo is for a laptop, and says so.
PASSWORD = "lingyu-demo"  # noqa: S105
DAYS = 60

SIMULATED = "（演示账号，人物与数据均为模拟。）"
CAST = [
    # username, pen name, roles, about
    ("aque", "阿鹊", ("operator", "moderator", "author"), "带过九个新人的运营主管，相信短周报。"),
    ("dapeng", "大鹏", ("moderator",), "社区版主，读过这里的每一条评论。"),
    ("xiaoxi", "小喜", ("author",), "做电商，也写内容，喜欢把一个数拆开看。"),
    ("luren", "路人", (), "路过，看看，偶尔说一句。"),
    ("何穗", "", ("author",), "用户运营，守着二十七个群和里面的人。"),
    ("老秦", "", ("author",), "办活动的人，对照组的忠实信徒。"),
    ("周棠", "", ("author",), "新媒体编辑，一篇稿子要过六道门。"),
    ("乔木", "", ("author",), "渠道与结算，一分钱也要知道去处。"),
    ("林一", "", ("author",), "产品运营，每天读三百条抱怨。"),
    ("苏禾", "", (), "入行两个月的运营助理。"),
    ("阿满", "", (), "小店店主，自己就是运营部。"),
]
# Rooms with data of their own, each in a module beside this one, in the order in which they need one another:
# before the weeks that are lived through, what is done in them, and after.
BEFORE = ("pictures", "shelves", "ratings", "favourites")
DURING = ("quiz", "unlocks", "sharing", "mall")
AFTER = ("cases", "notifications")
COLUMNS = [
    ("method", "方法", "Methods"),
    ("numbers", "数字", "Numbers"),
    ("casebook", "复盘", "Casebook"),
    ("career", "成长", "Careers"),
]


@transaction.atomic
def load(now: datetime) -> None:
    """Load all of it, spread over the sixty days before `now`; repeatable in its choices."""
    # The same seed always: two people who look at the demo see the same community.
    random = Random(LINGYU.int)  # noqa: S311 - no secret is made of it
    start = now - timedelta(days=DAYS)
    people = {member.username: member for member in _members(start)}
    columns = {
        slug: articles.open_column(actor=people["aque"], slug=slug, zh=zh, en=en, position=n)
        for n, (slug, zh, en) in enumerate(COLUMNS)
    }
    said, written, diary = _threads(), [], Diary()
    files = sorted((FOLDER / "articles").glob("*.md"))
    for number, file in enumerate(files):
        # The last one is two days old, so that the newest page has something under discussion.
        at = start + timedelta(days=1 + number * (DAYS - 3) / (len(files) - 1), minutes=random.randrange(600))
        article = _article(file, people, columns, at)
        _discuss(article, said[file.name[:2]], people, random, now, diary)
        _read(article, list(people.values()), random, now)
        written.append(article)
    for room in BEFORE:
        settle()
        _room(room).load(people, written, random, now)
    for room in DURING:
        _room(room).plan(people, written, random, now, diary)
    diary.live()
    for room in AFTER:
        _room(room).load(people, written, random, now)
        settle()


def _room(name: str):
    return import_module("." + name, __package__)


def _members(start: datetime) -> list[Member]:
    found = []
    for number, (username, pen_name, roles, about) in enumerate(CAST):
        at = start + timedelta(hours=number)
        member = accounts.join(
            actor=None, username=username, password=PASSWORD, pen_name=pen_name, bio=about + SIMULATED, at=at
        )
        for role in roles:
            accounts.grant_role(actor=None, member=member, role=role, at=at)
        found.append(member)
    return found


def _article(file: Path, people: dict[str, Member], columns: dict[str, Column], at: datetime) -> Article:
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    author = people[about["author"]]
    article = articles.write_article(
        actor=author,
        title=about["title"],
        summary=about["summary"],
        body=body,
        column=columns[about["column"]],
        keywords=about["keywords"].split(", "),
        at=at - timedelta(days=1),
    )
    articles.publish_article(actor=author, article=article, at=at)
    return article


def _threads() -> dict[str, list[str]]:
    """The lines below each article, by the two digits its file begins with."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / "comments.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            lines = found.setdefault(line[2:], [])
        elif line:
            lines.append(line)
    return found


def _discuss(
    article: Article, lines: list[str], people: dict, random: Random, now: datetime, diary: Diary
) -> None:
    thread, at = _Thread(article, people, now, diary), article.published_at
    for line in lines:
        # Half of the time that is left at most: whatever the number of lines, none is in the future.
        at += min(timedelta(hours=random.uniform(1, 20)), (now - at) / 2)
        diary.at(at, partial(thread.say, line, at))


@dataclass
class _Thread:
    """What is said below one article, as far as it has come."""

    article: Article
    people: dict[str, Member]
    now: datetime
    diary: Diary
    opening: Comment | None = None

    def say(self, line: str, at: datetime) -> None:
        """Post it, to be reviewed soon: `>` answers the last thread, `?` still waits, `!` is removed."""
        mark, text = (line[0], line[2:]) if line[0] in ">?!" else ("", line)
        name, _, text = text.partition(": ")
        text, _, reason = text.partition(" | ")
        answered = self.opening if mark == ">" else None
        comment = comments.post_comment(
            actor=self.people[name], article=self.article, body=text, parent=answered, at=at
        )
        self.opening = self.opening if mark else comment
        later = at + min((self.now - at) / 50, timedelta(minutes=40))
        review = partial(_review, comment, mark, reason, self.people["dapeng"], later)
        self.diary.at(later, review)


def _review(comment: Comment, mark: str, reason: str, moderator: Member, at: datetime) -> None:
    if mark == "!":
        comments.remove_comment(actor=moderator, comment=comment, reason=reason, at=at)
    elif mark != "?":
        comments.approve_comment(actor=moderator, comment=comment, at=at)


def _read(article: Article, members: list[Member], random: Random, now: datetime) -> None:
    """Members and visitors who stayed with the article: many at first, then fewer."""
    open_for = now - article.published_at
    for _ in range(random.randrange(20, 60)):
        at = article.published_at + open_for * random.random() ** 3
        member = random.choice(members) if random.random() < 0.2 else None
        person = member.key if member else f"visitor-{random.randrange(400)}"
        articles.report_read(actor=member, person=person, article=article, at=at)
