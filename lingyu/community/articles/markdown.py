"""Markdown as Chinese writes it: one parser for what readers see and for what the editor opens.

Holds the parser and how deep it goes. CommonMark with tables and struck-out words; raw HTML is text.
One thing differs: beside a Chinese character or mark, `**` needs no space. By CommonMark's letter
`**重要。**其他` is not bold, because a full stop precedes the end and a letter follows it.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

# Lists and quotes inside one another: below this, the parser would leave the text out. A list and its
# item are two levels.
NESTING = 40

_CJK = re.compile(
    r"[\u1100-\u11ff\u2e80-\u303f\u3040-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff00-\uffef\U00020000-\U0003ffff]"
)


def is_cjk(character: str) -> bool:
    """Whether a character, or a punctuation mark, is of Chinese, Japanese or Korean."""
    return bool(_CJK.match(character))


class _State(StateInline):
    """Decides where emphasis may begin and end."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Whether the marks at `start` can open and close, and how many they are."""
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        opens, closes = _flanks(before, after), _flanks(after, before)
        return Scanned(
            opens and (canSplitWord or not closes or _is_mark(before)),
            closes and (canSplitWord or not opens or _is_mark(after)),
            end - start,
        )


def _flanks(outside: str, inside: str) -> bool:
    """Whether a delimiter between these two characters belongs to the one inside."""
    if isWhiteSpace(ord(inside)):
        return False
    beside = isWhiteSpace(ord(outside)) or _is_mark(outside) or is_cjk(outside)
    return not _is_mark(inside) or beside


def _is_mark(character: str) -> bool:
    if is_cjk(character):
        return False
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


class _Inline(ParserInline):
    def parse(self, src, md, env, tokens):
        """As the parser's own, with our state."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def parser() -> MarkdownIt:
    """A parser of one's own, to hang rendering rules on."""
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING})
    made.inline = _Inline()
    return made.enable(["table", "strikethrough"])


def too_deep(tokens: list[Token]) -> bool:
    """Whether something stood so deep that the parser has left it out."""
    return any(token.level >= NESTING - 1 for token in tokens)


def text_of(token: Token) -> str:
    """The words of an inline token or an image, without marks."""
    return "".join(child.content for child in token.children or () if child.type in {"text", "code_inline"})
