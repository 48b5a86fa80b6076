"""The same again: near-duplicates of the author's earlier posts, and of posts of other accounts.

Likeness is Jaccard's index of pairs of characters. Short thanks and greetings are alike by nature, so a
text must be of some length, or want something.
"""

import re
from collections.abc import Iterator, Sequence

from ..normalise import Views
from ..steps import Scene, Signal

COMPARED = 50  # posts looked at
READ = 800  # characters of each
_FLOOD = 3  # so many posts of one's own alike are one too many, even of a text that wants nothing
_WANTS = re.compile(
    "微信|加群|群号|进群|联系|私信|私我|下单|包邮|领|优惠|折|价|元|块|推荐|找|报名|课|点击|点我|主页|头像|电话|官网|直播间|抽奖"
    "|店|招|靠谱|代理|代办|出售|回收|贷|赚|回本|接单|亲测|好用|有效|链接|买|购|免费|cheap|buy|free|visit|best|@|\\d{5}"
)


def own(scene: Scene) -> Iterator[Signal]:
    """A post that its author has written before, nearly so."""
    yield from _repeated(scene, scene.post.before, "3.2", "rule:repeated", least=10, alike=0.5, flood=_FLOOD)


def others(scene: Scene) -> Iterator[Signal]:
    """A post that other accounts have written, nearly so."""
    yield from _repeated(scene, scene.post.others, "3.3", "rule:coordinated", least=12, alike=0.5, flood=1)


def likeness(one: str, other: str) -> float:
    """Jaccard's index of the pairs of characters of two folded texts, 0…1."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(min(len(text), READ) - 1)}


def _advertises(scene: Scene, text: str) -> bool:
    """Whether a post wants something. An article speaks of prices anyway: it takes a sign of more."""
    if scene.post.kind == "article":
        return any(signal.clause.startswith("3.") for signal in scene.signals)
    return bool(_WANTS.search(text[:READ]))


def _repeated(
    scene: Scene, posts: Sequence[str], clause: str, by: str, *, least: int, alike: float, flood: int
) -> Iterator[Signal]:
    views = scene.views["text"]
    view = views.compact
    if not posts or len(view.text) < least:
        return
    wants = _advertises(scene, view.text)
    limit = alike if wants else 0.6
    if not wants and (len(view.text) < 18 or scene.post.kind == "article"):
        return
    likes = [likeness(view.text, Views(post[:READ]).compact.text) for post in posts[:COMPARED]]
    near = [like for like in likes if like >= limit]
    if len(near) >= (1 if wants else flood):
        score = min(0.95, max(near) * (0.9 if wants else 0.6) + 0.05 * (len(near) - 1))
        yield Signal(clause, view.span(0, len(view.text)), max(score, 0.4), by)
