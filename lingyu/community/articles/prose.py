"""Prose: Markdown becomes safe HTML, with its table of contents and its reading time.

Runs when an article is written, never when it is read. Knows no database.
"""

import math
import re
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

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
}
ATTRIBUTES = {
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
_BLOCK = re.compile(r"<(p|h[2-6]|ul|ol|blockquote|pre|table)\b.*?</\1>|<hr[^>]*>", re.S)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Prose:
    """A rendered body: safe HTML, headings as (level, anchor, text), and whole minutes to read."""

    html: str
    headings: list[tuple[int, str, str]]
    minutes: int


def render(markdown: str) -> Prose:
    """Render `markdown`; raw HTML in it is shown as text, links open without leaking the page."""
    tokens = _MARKDOWN.parse(markdown)
    headings = _number_headings(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return Prose(safe, headings, minutes_to_read(_TAG.sub(" ", safe)))


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
        headings.append((level, anchor, _plain(inline)))
    return headings


def _plain(inline) -> str:
    return "".join(child.content for child in inline.children if child.type in {"text", "code_inline"})


def _image_as_link(self, tokens, index, options, env) -> str:
    """A picture from elsewhere would be refused by the content security policy: link to it."""
    token = tokens[index]
    source, text = escapeHtml(token.attrGet("src") or ""), escapeHtml(_plain(token))
    return f'<a href="{source}">{text or source}</a>'


def _aligned_cell(self, tokens, index, options, env) -> str:
    """Alignment as a class: the content security policy and the sanitiser refuse styles."""
    token = tokens[index]
    side = (token.attrs.pop("style", "") or "").removeprefix("text-align:")
    if side in _SIDES:
        token.attrSet("class", _SIDES[side])
    return self.renderToken(tokens, index, options, env)


_SIDES = {"right": "end", "center": "middle"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_MARKDOWN.add_render_rule("image", _image_as_link)
_MARKDOWN.add_render_rule("th_open", _aligned_cell)
_MARKDOWN.add_render_rule("td_open", _aligned_cell)
