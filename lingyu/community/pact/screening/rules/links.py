"""Links that hide whom they serve: affiliate tokens and links, short links, links that jump on.

A link is nothing bad by itself. Holds the reading of links for other rules too; opens none of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..normalise import View
from ..steps import Scene, Signal

_ENDINGS = """
    com cn net org top xyz vip shop club site online cc tv me io co app info biz wang ink ltd live fun work
    pro link tech store icu buzz mobi asia gg ly im la sh ru uk jp kr hk tw us
"""
_LINK = re.compile(
    r"(?<![a-z0-9.-])(?:(?P<scheme>https?)://)?(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,5}"
    rf"(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))}))(?![a-z0-9-])"
    r"(?P<rest>[/?#][!-~]{0,400})?"
)
_DOT = re.compile(r"[a-z0-9]\.[a-z]")  # what every link has, found quickly
_PUBLIC = re.compile(r"(?:com|net|org|gov|edu|ac|co)\.(?:cn|uk|jp|kr|hk|tw)")
_HOSTS = """
    t.cn url.cn dwz.cn suo.im suo.nz t.co bit.ly is.gd goo.gl tinyurl.com w.url.cn sourl.cn 3.cn mrw.so
    tb.cn m.tb.cn s.tb.cn u.jd.com p.pinduoduo.com s.click.taobao.com uland.taobao.com union-click.jd.com
"""
_SHORT = frozenset(_HOSTS.split())
_AGENT = re.compile(r"(?:^|\.)(?:s\.click|uland|union|union-click|click|dwz|amzn|u\.jd|aff)\.")
_BRIEF = re.compile(r"(?:t|u|s|url|go|l|dl|link|jump)\.")
_OPAQUE = re.compile(r"/(?=[a-z/]{0,6}[a-z0-9]{0,12}\d)[a-z0-9/]{4,16}")
_SHARE = re.compile(
    r"[?&](?:tag|aff(?:_?id)?|affiliate|pid|sub_?id|promo|unionid|partner|invite(?:_?code)?|spread)=|[?&]ref=aff"
)
_JUMP = re.compile(
    r"[?&](?:to|url|u|r|target|redirect(?:_ur[li])?|goto|link|jump|dest|next)=https?(?::|%3a)(?:/|%2f){2}"
)
_TOKEN = re.compile(
    r"(?P<mark>[￥¥$€₤£ζ₳₴¢₰])(?=[A-Za-z]{0,12}\d)[A-Za-z0-9]{9,13}(?P=mark)"
    r"|[(（「【《](?=[A-Za-z]{0,12}\d)(?=[a-z0-9]{0,12}[A-Z])[A-Za-z0-9]{9,13}[)）」】》]"
)
_PASTE = re.compile(r"复制|口令|打开(?:淘宝|手淘|手机淘宝|京东|拼多多|app)|淘宝|手淘|下单|领券|立减|包邮")
_DISCLOSED = re.compile(
    r"推广链接|含推广|含返[佣利]|返[佣利]链接|佣金|披露|利益相关|[(\[](?:推广|广告)[)\]]|含广告|#(?:广告|ad)\b"
    r"|affiliate link|sponsored|赞助链接"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands: host and the rest in lower case, and its half-open range in the folded text."""

    host: str
    rest: str
    start: int
    end: int

    @property
    def domain(self) -> str:
        """The registrable domain: two labels, or three below a public second level such as com.cn."""
        labels = self.host.split(".")
        return ".".join(labels[-3 if _PUBLIC.fullmatch(".".join(labels[-2:])) else -2 :])


def links(view: View, most: int = 200) -> list[Link]:
    """The links in a folded text, from left to right; mail addresses are none."""
    found: list[Link] = []
    if not _DOT.search(view.text):
        return found
    for match in _LINK.finditer(view.text):
        if match.start() and view.text[match.start() - 1] in "@" and not match["scheme"]:
            continue
        found.append(Link(match["host"], match["rest"] or "", match.start(), match.end()))
        if len(found) >= most:
            break
    return found


def find(scene: Scene) -> Iterator[Signal]:
    """Links and tokens that earn or lead on, in a text that doesn't say so."""
    if any(_DISCLOSED.search(views.clean.text) for views in scene.views.values()):
        return
    for field, views in scene.views.items():
        for link in links(views.clean):
            if kind := _kind(link):
                name, score = kind
                span = views.clean.span(link.start, link.end)
                yield Signal("3.4", span, score, f"rule:links/{name}", "review", field)
        if _PASTE.search(views.clean.text):
            for match in _TOKEN.finditer(views.original):
                yield Signal("3.4", match.span(), 0.9, "rule:links/token", "block", field)


def _kind(link: Link) -> tuple[str, float] | None:
    """What a link hides, and how surely."""
    if _JUMP.search(link.rest):
        return "jump", 0.8
    if link.domain in _SHORT or link.host in _SHORT or _AGENT.search(link.host):
        return "affiliate", 0.75
    if _SHARE.search(link.rest):
        return "affiliate", 0.7
    if _BRIEF.match(link.host) and _OPAQUE.fullmatch(link.rest):
        return "short", 0.6
    if link.host.startswith("xn--") or ".xn--" in link.host:
        return "lookalike", 0.5
    return None
