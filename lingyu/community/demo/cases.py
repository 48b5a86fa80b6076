"""The demo's governance: reports, refused texts, decisions of several clauses, appeals, a ring, golden cases.

What happened lies beside this file, `cases.txt`: below a head (`# days-ago author`, or `# month author` for
the turn of the month) the words of a comment, or `article`, or `member` for the author's profile; then,
with hours since, `report: hours clause reporter`, `decide: hours moderator clause words`,
`appeal: hours words`, `rule: hours moderator outcome words`. Members and texts are simulated.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.cases import actions
from lingyu.community.cases.models import Case, Decision, Report
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.pact import actions as pact
from lingyu.community.pact import versions
from lingyu.community.rings.actions import find_rings
from lingyu.community.transparency.actions import SETTLED, publish_next
from lingyu.community.transparency.months import Month
from lingyu.store.deliver import deliver_due

from . import PASSWORD, SIMULATED, quality

FILE = Path(__file__).with_name("cases.txt")
NEWCOMERS = (
    # username, joined so many days ago, about
    ("风铃", 58, "什么都想问一问。"),
    ("老槐", 57, "说话直，改不了。"),
    ("北岸", 57, "消息比较灵通。"),
    ("橘猫不加班", 56, "准点下班的运营。"),
    ("一点就着", 55, "脾气上来自己也拦不住。"),
    ("特惠小助手", 54, "每天一条好价。"),
    ("日结兼职", 9, "在家就能做。"),
    ("小晴好物", 2.9, "分享身边的好东西。"),
    ("阿宁爱分享", 2.8, "分享身边的好东西！"),
    ("柚子优选", 2.7, "好物天天见。"),
    ("每日好物君", 2.6, "好物天天见！"),
)
# The ring: nearly the same words by four new accounts within minutes.
RING = {
    "小晴好物": "姐妹们这家手工饼干真的很好吃，已回购三次了，一盒能吃一星期，送人也体面，想要的看我主页",
    "阿宁爱分享": "姐妹们！这家手工饼干真的很好吃！已回购三次了，一盒能吃一星期，送人也体面，想要的看我主页",
    "柚子优选": "姐妹们，这家手工饼干真的很好吃，已回购三次了，一盒能吃一星期，送人也体面，想要的来我主页",
    "每日好物君": "姐妹们这家手工饼干真的很好吃，已回购三次啦，一盒能吃一星期，送人也体面，想要的看我主页",
}
WORDS_ZH = "回答别人的提问时提到自己用过的工具，没有好处可拿的，不算广告。"
WORDS_EN = (
    "Naming a tool that one has used oneself, in answer to a question and without a reward for it, is fine."
)
NOTE_ZH = "3.1 补充：回答提问时提到自己用过的工具，不算广告（起因是一次申诉）"
NOTE_EN = "3.1 says more: naming a tool that one uses, when asked, is no advertising (after an appeal)"
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class Happening:
    """One text and what came of it: deeds as (verb, hours since, words)."""

    days: str
    author: str
    text: str
    contest: bool = False
    deeds: list[tuple[str, float, str]] = field(default_factory=list)


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Let it happen in the order of the days, and publish the months that are over."""
    everybody = people | {name: _join(name, days, about, now) for name, days, about in NEWCOMERS}
    _decide_what_is_open(people["dapeng"])
    for what in _happenings():
        at = _moment(what.days, now)
        there = [a for a in articles if a.published_at < at]
        if what.text == "article":
            there = [a for a in there if a.author == everybody[what.author]]
        _happen(what, everybody, random.choice(there), at, now)
    _ring(everybody, articles[-1], now)
    quality.load(people, now)
    _announce(now)
    for month in _months(now):
        publish_next(actor=None, at=month.until(settings.TIME_ZONE) + SETTLED)


def _decide_what_is_open(moderator: Member) -> None:
    """Cases about comments that the moderator has seen to since: removed is found, let through is clear."""
    for case in Case.objects.open().filter(kind="comment"):
        comment = Comment.objects.get(id=case.subject.partition(":")[2])
        about = {"outcome": Decision.Outcome.CLEAR}
        if comment.state == "removed":
            about = {
                "outcome": Decision.Outcome.VIOLATION,
                "lead": case.suspected,
                "words": "评论区不做推广。",
            }
        if comment.state != "waiting":
            actions.decide(actor=moderator, case=case, at=case.opened_at + 2 * HALF_AN_HOUR, **about)


def _join(name: str, days: float, about: str, now: datetime) -> Member:
    at = now - timedelta(days=days)
    return accounts.join(actor=None, username=name, password=PASSWORD, bio=about + SIMULATED, at=at)


def _happenings() -> Iterator[Happening]:
    what = None
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            days, author, *more = line[2:].split()
            what = Happening(days, author, "", contest="contest" in more)
        elif what and not what.text:
            what.text = line
        elif line:
            verb, _, rest = line.partition(": ")
            hours, _, words = rest.partition(" ")
            what.deeds.append((verb, float(hours), words))
        elif what:
            yield what
            what = None
    if what:
        yield what


def _moment(days: str, now: datetime) -> datetime:
    if days != "month":
        return now - timedelta(days=float(days))
    # Decided in one month and overturned in the next, so that a published month has a correction.
    return Month.of(now, settings.TIME_ZONE).since(settings.TIME_ZONE) - timedelta(days=2)


def _happen(what: Happening, people: dict, article: Article, at: datetime, now: datetime) -> None:
    author = people[what.author]
    subject = f"member:{author.id}"
    if what.text == "article":
        subject = f"article:{article.id}"
    elif what.text != "member":
        try:
            said = comments.post_comment(
                actor=author, article=article, body=what.text, contest=what.contest, at=at
            )
        except door.Refused:
            return
        _settle()
        subject = f"comment:{said.id}"
        _let_through(said, people["dapeng"], at, what)
    for verb, hours, words in what.deeds:
        _DEEDS[verb](subject, words, people, min(at + timedelta(hours=hours), now - HALF_AN_HOUR))
        _settle()


def _let_through(said: Comment, moderator: Member, at: datetime, what: Happening) -> None:
    """What is reported was open to everybody; what the screening found waits."""
    reported = any(verb == "report" for verb, _hours, _words in what.deeds)
    if reported and not Case.objects.open().about(f"comment:{said.id}").exists():
        comments.approve_comment(actor=moderator, comment=said, at=at + HALF_AN_HOUR)


def _report(subject: str, words: str, people: dict, at: datetime) -> None:
    clause, reporter = words.split()
    actions.report(actor=people[reporter], subject=subject, clause=clause, at=at)


def _decide(subject: str, words: str, people: dict, at: datetime) -> None:
    moderator, clause, words = words.split(" ", 2)
    clause, _, aggravator = clause.partition(":")
    # The open case; what the screening of this release does not find, the moderator looks at by themselves.
    case = actions.look_at(actor=people[moderator], subject=subject, at=at - HALF_AN_HOUR)
    about = {"outcome": Decision.Outcome.CLEAR}
    if clause != "clear":
        about = {"outcome": Decision.Outcome.VIOLATION, "lead": clause, "evidence": case.text[:60]}
    about |= {"aggravators": (aggravator,)} if aggravator else {}
    actions.decide(actor=people[moderator], case=case, words=words, at=at, **about)


def _appeal(subject: str, words: str, people: dict, at: datetime) -> None:
    decision = Decision.objects.get(case__subject=subject)
    actions.appeal(actor=decision.case.member, decision=decision, words=words, at=at)


def _rule(subject: str, words: str, people: dict, at: datetime) -> None:
    moderator, outcome, words = words.split(" ", 2)
    outcome, _, severity = outcome.partition(":")
    appeal = Decision.objects.get(case__subject=subject).appeals.get()
    about = {"severity": int(severity)} if severity else {}
    actions.rule(actor=people[moderator], appeal=appeal, outcome=outcome, words=words, at=at, **about)


_DEEDS = {"report": _report, "decide": _decide, "appeal": _appeal, "rule": _rule}


def _settle() -> None:
    while deliver_due():
        pass


def _ring(people: dict, article: Article, now: datetime) -> None:
    """Four new accounts praise the same biscuits."""
    for minutes, (name, words) in enumerate(RING.items()):
        at = now - timedelta(hours=7) + timedelta(minutes=7 * minutes)
        comments.post_comment(actor=people[name], article=article, body=words, at=at)
    _settle()
    find_rings(actor=None, at=now - timedelta(hours=6))


def _announce(now: datetime) -> None:
    """Version 2 of the pact: one clause says more exactly what it does not mean."""
    first = versions.numbered(versions.FIRST)
    categories = tuple(replace(c, clauses=tuple(map(_clearer, c.clauses))) for c in first.categories)
    changed = replace(first, categories=categories)
    changed = versions.from_data(versions.as_data(changed), versions.FIRST + 1)
    pact.announce(
        actor=None,
        pact=changed,
        note_zh=NOTE_ZH,
        note_en=NOTE_EN,
        in_force_at=now + timedelta(days=11),
        at=now - timedelta(days=3),
    )


def _clearer(clause):
    if clause.code != "3.1":
        return clause
    return replace(clause, words_zh=clause.words_zh + WORDS_ZH, words_en=f"{clause.words_en} {WORDS_EN}")


def _months(now: datetime) -> Iterator[Month]:
    """The months from the first text on that are over at `now`."""
    first = Report.objects.order_by("at").values_list("at", flat=True).first() or now
    month = Month.of(first - timedelta(days=31), settings.TIME_ZONE)
    while month.until(settings.TIME_ZONE) + SETTLED <= now:
        yield month
        month = month.next
