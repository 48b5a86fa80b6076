"""Prose: Markdown becomes safe HTML, with its table of contents and its reading time.

Runs when an article is written, never when it is read. Knows no database.
"""

import math
import re
from dataclasses import dataclass

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from lingyu.community.pictures.addresses import Address, ours

from .markdown import parser, text_of, too_deep

# Reading speeds in units a minute: characters of Chinese, words of other scripts.
HAN_A_MINUTE, WORDS_A_MINUTE = 400, 230

TAGS = {
    "p",
    "br",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "strong",
    "em",
    "s",
    "a",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "img",
    "figure",
    "figcaption",
}
ATTRIBUTES = {
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
    "a": {"href", "title"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    **{f"h{n}": {"id"} for n in range(2, 7)},
}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# Blocks at the top of rendered prose, as the sanitiser writes them: each begins a line of its own.
_BLOCK = re.compile(r"<(p|h[2-6]|ul|ol|blockquote|pre|table|figure)\b.*?</\1>|<hr[^>]*>", re.S)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Prose:
    """A rendered body: safe HTML, headings as (level, anchor, text), minutes to read, and its length."""

    html: str
    headings: list[tuple[int, str, str]]
    minutes: int
    length: int


def render(markdown: str) -> Prose:
    """Render `markdown`; raw HTML in it is shown as text, links open without leaking the page.

    Raises ValidationError where lists and quotes stand too deep in one another to be shown.
    """
    tokens = _MARKDOWN.parse(markdown)
    if too_deep(tokens):
        raise ValidationError(_("Lists and quotes stand too deep inside one another."))
    headings = _number_headings(tokens)
    _frame_pictures(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    words = _TAG.sub(" ", safe)
    return Prose(safe, headings, minutes_to_read(words), length_of(words))


def teaser(html: str) -> str:
    """The first blocks of rendered prose, up to a fifth of it, at least one and never the whole.

    What is cut is gone from the page: nothing of a closed body hides in its source.
    """
    blocks = [m.group() for m in _BLOCK.finditer(html)]
    most, kept = len(html) / 5, []
    for block in blocks[:-1]:
        if kept and sum(map(len, kept)) + len(block) > most:
            break
        kept.append(block)
    if kept or not blocks:
        return "".join(kept)
    # One block alone: its first words, as plain text.
    plain = _TAG.sub("", blocks[0])
    return f"<p>{plain[: len(plain) // 5]}…</p>"


def minutes_to_read(text: str) -> int:
    """Whole minutes that `text` takes, at least one."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return max(1, math.ceil(han / HAN_A_MINUTE + words / WORDS_A_MINUTE))


def length_of(text: str) -> int:
    """How much was written: characters of Chinese and words of other scripts."""
    return len(_HAN.findall(text)) + len(_WORD.findall(text))


def _number_headings(tokens) -> list[tuple[int, str, str]]:
    """Give every heading an anchor; the page's own title is h1, so that a body begins at h2."""
    headings = []
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        level = max(2, int(opening.tag[1]))
        opening.tag = closing.tag = f"h{level}"
        anchor = f"s{len(headings) + 1}"
        opening.attrSet("id", anchor)
        headings.append((level, anchor, text_of(inline)))
    return headings


def _frame_pictures(tokens: list[Token]) -> None:
    """A paragraph that is one picture of ours becomes a figure; the picture's title stands below it."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        alone = inline.children if opening.type == "paragraph_open" and inline.type == "inline" else None
        if not alone or len(alone) > 1 or alone[0].type != "image" or not ours(alone[0].attrGet("src") or ""):
            continue
        opening.tag = closing.tag = "figure"
        opening.hidden = closing.hidden = False
        alone[0].meta["framed"] = True


def _image(self, tokens, index, options, env) -> str:
    """A picture of ours as such; one from elsewhere, which the security policy would refuse, as a link."""
    token = tokens[index]
    source, text = token.attrGet("src") or "", escapeHtml(text_of(token))
    if not (address := ours(source)):
        return f'<a href="{escapeHtml(source)}">{text or escapeHtml(source)}</a>'
    caption = escapeHtml(token.attrGet("title") or "") if token.meta.get("framed") else ""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return _shown(address, text) + below


def _shown(address: Address, alt: str) -> str:
    """The picture with its sizes, so that the page does not jump when it comes."""
    copies = f' srcset="{address.srcset}" sizes="{_SIZES}"' if address.srcset else ""
    return (
        f'<img src="{address.url}"{copies} width="{address.width}" height="{address.height}" alt="{alt}"'
        ' loading="lazy" decoding="async">'
    )


def _aligned_cell(self, tokens, index, options, env) -> str:
    """Alignment as a class: the content security policy and the sanitiser refuse styles."""
    token = tokens[index]
    side = (token.attrs.pop("style", "") or "").removeprefix("text-align:")
    if side in _SIDES:
        token.attrSet("class", _SIDES[side])
    return self.renderToken(tokens, index, options, env)


_SIDES = {"right": "end", "center": "middle"}
# The column of the text is 44rem wide, or as wide as the window.
_SIZES = "(min-width: 46rem) 44rem, 100vw"
_MARKDOWN = parser()
_MARKDOWN.add_render_rule("image", _image)
_MARKDOWN.add_render_rule("th_open", _aligned_cell)
_MARKDOWN.add_render_rule("td_open", _aligned_cell)
