"""Text written for search engines instead of people: rows of keywords and of links."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..normalise import View
from ..steps import Scene, Signal
from .links import links

_SPLIT = re.compile(r"[\s,，、|;；。?？!！:：#<>\[\]/]+")
_FUNCTION = re.compile("[我你他她的了是在和就都也不吗呢吧很]")
_TRADE = re.compile(
    "价格|报价|多少钱|哪家|电话|公司|代购|维修|报名|出租|租赁|批发|上门|免费|现货|厂家|品牌|排名|优化|推广|代理|货源|加盟|专柜"
    "|包邮|正品|机构|咨询|优惠|返利|赚钱|兼职|特价|查询|预订|下载|cheap|buy|sale|discount|best|free|outlet|coupon"
)
_ANCHOR = re.compile(r"<a\s[^<>]{0,20}href|\[url=", re.IGNORECASE)
WINDOW = 5_000  # characters looked at; a page of keywords is one from its beginning


def find(scene: Scene) -> Iterator[Signal]:
    """One signal a field: the whole of it is stuffed or not."""
    # An article may turn around one word, and name a price.
    terms = 2 if scene.post.kind == "article" else 1
    for field, views in scene.views.items():
        view = views.clean
        text = view.text[:WINDOW]
        if len(text) >= 20 and (found := _linked(view, text) or _listed(text) or _echoed(text, terms)):
            name, score = found
            yield Signal("3.5", view.span(0, len(text)), score, f"rule:stuffing/{name}", "review", field)


def _linked(view: View, text: str) -> tuple[str, float] | None:
    """Many links and little between them."""
    found = [link for link in links(view, most=60) if link.start < WINDOW]
    if len(_ANCHOR.findall(text)) >= 3:
        return "links", 0.8
    if len(found) >= 4:
        said = len(text) - sum(link.end - link.start for link in found)
        if said < 30 * len(found):
            return "links", 0.8
    return None


def _listed(text: str) -> tuple[str, float] | None:
    """A row of short pieces that share a word, or that are all for sale."""
    pieces = [piece for piece in _SPLIT.split(text) if piece]
    short = [piece for piece in pieces if len(piece) <= 12]
    if len(pieces) < 6 or len(short) < 0.8 * len(pieces):
        return None
    if sum(bool(_FUNCTION.search(piece)) for piece in pieces) > 0.15 * len(pieces):
        return None
    trade = sum(bool(_TRADE.search(piece)) for piece in pieces)
    if _shared(short) >= 0.5 * len(short) and trade:
        return "keywords", 0.75
    if len(pieces) >= 8 and trade >= 2:
        return "keywords", 0.6
    return None


def _shared(pieces: Sequence[str]) -> int:
    """In how many pieces the commonest pair of characters, or the commonest Latin word, stands."""
    counted: Counter[str] = Counter()
    for piece in pieces:
        counted.update({piece} if piece.isascii() else {piece[n : n + 2] for n in range(len(piece) - 1)})
    return max(counted.values(), default=0)


def _echoed(text: str, terms: int) -> tuple[str, float] | None:
    """One pair of characters again and again, in a text that is more than laughter and sells something."""
    if len(set(_TRADE.findall(text))) < terms:
        return None
    letters = "".join(filter(str.isalnum, text))
    if len(letters) < 24 or len(set(letters)) < 10:
        return None
    pairs = Counter(letters[n : n + 2] for n in range(len(letters) - 1))
    pair, times = max(pairs.items(), key=lambda item: (item[0][0] != item[0][1], item[1]))
    if pair[0] != pair[1] and times >= 6 and times * len(pair) >= 0.2 * len(letters):
        return "keywords", 0.6
    return None
