"""Contact details in every disguise: 微信, V信, QQ, Telegram and telephone numbers, in any digits.

A channel alone is talk about channels; with a handle, or asked to be added in a disguise, it is an advert.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from ..normalise import View, Views
from ..normalise.folding import readings
from ..steps import Scene, Signal

_NUMERALS = "0123456789零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
MOST = 500  # of one kind that are looked at: more are signs enough
_DRAWN = {"wei": "徽溦", "xin": "♥"}  # what is drawn like them
_HONEST = ("微信", "qq", "wechat", "weixin", "电报", "telegram", "飞机", "企鹅", "q群", "qq群")


@cache
def _class(syllable: str) -> str:
    """A class of the characters that are read so, with those that are drawn so."""
    same = "".join(c for c, s in readings().items() if s == syllable and c < "\u9fa5")
    return f"[{same}{_DRAWN.get(syllable, '')}]"


@cache
def _patterns() -> dict[str, re.Pattern]:
    """Expressions over folded text without marks, and over folded text with them."""
    wei, xin, kou, wo = map(_class, ("wei", "xin", "kou", "wo"))
    wechat = (
        f"(?:{wei}(?:{xin}{{1,2}}|星|x|v)|v{xin}|v星|(?<![a-z])(?:vx|wx|weixin|wechat)|wei{xin}|{wei}xin)"
    )
    others = f"(?:(?<![a-z])qq?群?|{kou}{{2}}|企鹅|(?<![a-z])tg|telegram|电报|纸?飞机|蝙蝠|whatsapp)"
    handle = (
        rf"(?:(?=[a-z]{{0,19}}\d)[a-z][a-z0-9]{{4,19}}"
        rf"|(?<![{_NUMERALS}])[{_NUMERALS}]{{6,12}}(?![{_NUMERALS}]))"
    )
    verb = f"(?:(?<![增参更添附追叠施])[加佳伽咖嘉珈]|十(?=v))(?:{wo}|你|您|个|的|下|好友){{0,3}}"
    return {
        "handle": re.compile(
            f"(?P<channel>{wechat}|{others})(?:号|群|是|为|同号|搜|丨|一下){{0,3}}(?P<handle>{handle})"
        ),
        "asked": re.compile(f"{verb}(?P<channel>{wechat}|(?<![a-z])[vq](?![a-z])|{wei}(?![一-鿿])|{others})"),
        "searched": re.compile(f"(?P<channel>{wechat})(?:搜|号是|同号)"),
        "typed": re.compile(
            rf"(?P<channel>{wechat}|{others}|(?<![a-z0-9])[vq])(?:号|群|搜|联系)?"
            r"[ ]{0,2}[:=+@_~♡-]{0,2}[ ]{0,2}"
            r"(?P<handle>@?[a-z][a-z0-9]{0,19}[_-][a-z0-9_-]{1,19}|(?<=[:=@])[ ]?[a-z][a-z0-9_-]{4,19}"
            r"|(?<![0-9])[0-9]{6,12}(?![0-9]))"
        ),
        "phone": re.compile(r"(?<![0-9a-z.=/-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9a-z])"),
        "spoken": re.compile(
            rf"(?<![{_NUMERALS}])[1一壹幺][3-9三四五六七八九叁肆伍陆柒捌玖][{_NUMERALS}]{{9}}(?![{_NUMERALS}])"
        ),
        "line": re.compile(r"(?:热线|电话|致电|拨打|tel)[ :]{0,3}(?:400|800)[- ]?\d{3}[- ]?\d{4}"),
        "named": re.compile(
            r"(?:联系|咨询|找|加)[一-鿿]{1,5}[ :]{0,2}(?P<handle>[a-z][a-z0-9]{1,14}[_-][a-z0-9_-]{1,14})"
        ),
        "spelt": re.compile(r"(?<![a-z])jia ?(?:wo ?|de ?|ni ?){0,2}(?:wei ?xin|v)(?![a-z])"),
    }


# What a text must have for an expression above to match: found quickly, and in few texts.
_SIGNS = {
    "handle": re.compile(rf"[a-z][a-z0-9]{{4}}|[{_NUMERALS}]{{6}}"),
    "asked": re.compile("[加佳伽咖嘉珈十]"),
    "searched": re.compile("搜|号是|同号"),
    "typed": re.compile(r"[a-z0-9](?:[_-]|[0-9]{5})|[:=@] ?[a-z]"),
    "phone": re.compile(r"1[3-9]\d[- ]?\d{4}"),
    "spoken": re.compile(rf"[{_NUMERALS}]{{11}}"),
}


def _matches(name: str, text: str) -> list[re.Match]:
    if name in _SIGNS and not _SIGNS[name].search(text):
        return []
    return list(islice(_patterns()[name].finditer(text), MOST))


def find(scene: Scene) -> Iterator[Signal]:
    """Handles, disguised requests to be added, and telephone numbers."""
    for field, views in scene.views.items():
        lettered = views.pictured or views.compact
        yield from _channels(lettered, views, field, scene.post.kind)
        yield from _marked(views.clean, views, field)
        yield from _phones(views, field)


def _channels(view: View, views: Views, field: str, kind: str) -> Iterator[Signal]:
    for name, score in (("handle", 0.85), ("asked", 0.75), ("searched", 0.6)):
        for match in _matches(name, view.text):
            span = view.span(*match.span())
            if _broken(views.original[slice(*span)]):
                continue
            honest = match["channel"] in _HONEST and _plainly(views, view, match)
            if name != "handle" and honest:
                if kind == "nickname" or name == "asked":
                    strength = "review" if kind == "nickname" else "hint"
                    yield Signal("3.1", span, 0.45, f"rule:contacts/{name}", strength, field)
                continue
            way = "" if honest else "disguised"
            yield Signal("3.1", span, score, f"rule:contacts/{name}", "review", field, way)
    if kind == "nickname" and (match := re.search(r"(?<![a-z])(?:vx|wx)(?![a-z])", view.text)):
        yield Signal(
            "3.1", view.span(*match.span()), 0.6, "rule:contacts/nickname", "review", field, "disguised"
        )


def _marked(view: View, views: Views, field: str) -> Iterator[Signal]:
    for match in _matches("typed", view.text):
        way = "" if match["channel"] in _HONEST or match["channel"] in "vq" else "disguised"
        if way == "" and not _plainly(views, view, match):
            way = "disguised"
        span = view.span(*match.span())
        yield Signal("3.1", span, 0.85, "rule:contacts/handle", "review", field, way)
    for name, score, way in (("spelt", 0.8, "pinyin"), ("named", 0.6, "")):
        for match in _matches(name, view.text):
            yield Signal(
                "3.1", view.span(*match.span()), score, f"rule:contacts/{name}", "review", field, way
            )


def _phones(views: Views, field: str) -> Iterator[Signal]:
    clean, compact = views.clean, views.compact
    for name in ("phone", "line"):
        for match in _matches(name, clean.text):
            span = clean.span(*match.span())
            way = "" if views.original[slice(*span)].isascii() or name == "line" else "disguised"
            yield Signal("3.1", span, 0.6, f"rule:contacts/{name}", "review", field, way)
    for match in _matches("spoken", compact.text):
        if not match[0].isdigit():
            span = compact.span(*match.span())
            yield Signal("3.1", span, 0.8, "rule:contacts/phone", "review", field, "disguised")


def _plainly(views: Views, view: View, match: re.Match) -> bool:
    """Whether a channel's name was typed as it is, if in capitals."""
    span = view.span(match.start("channel"), match.end("channel"))
    return views.original[slice(*span)].casefold() == match["channel"]


def _broken(evidence: str) -> bool:
    """Whether a hit runs over the end of a sentence."""
    return any(mark in evidence for mark in "。！？!?\n")
