"""What a reader sees of a page: its text nodes and spoken attributes, as (words, place)."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import jinja2
from jinja2.lexer import Lexer

CHINESE = re.compile(r"[\u3400-\u9fff]")
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description"}
# Stands where an expression was.
HOLE = "\0"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Where text is code, data, or says itself in which language it is.
SILENT = {"script", "style", "code", "pre", "kbd", "svg", "template"}


class Words(HTMLParser):
    """Collects the words of an HTML text, those in silent elements left out."""

    def __init__(self, language: str | None = None):
        super().__init__(convert_charrefs=True)
        self.language, self.found, self.stack = language, [], []

    def handle_starttag(self, tag, attrs):
        """Open an element, and hear its spoken attributes."""
        attributes = dict(attrs)
        lang = (attributes.get("lang") or "").lower()
        foreign = bool(self.language and lang and tag != "html" and not lang.startswith(self.language))
        inside = bool(self.stack and self.stack[-1][1])
        silent = inside or foreign or tag in SILENT or "data-content" in attributes
        if not silent:
            self.found += [(v, self.getpos()[0]) for k, v in attrs if k in SPOKEN and v and v.strip()]
        if tag not in VOID:
            self.stack.append((tag, silent))

    def handle_endtag(self, tag):
        """Close the element, and those left open inside it."""
        if any(name == tag for name, _ in self.stack):
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data):
        """Hear a text node."""
        if data.strip() and not (self.stack and self.stack[-1][1]):
            self.found.append((" ".join(data.split()), self.getpos()[0]))


def words_of(html: str, language: str | None = None) -> list[tuple[str, int]]:
    """(words, line) of everything that is read in a page; elements in another `lang` are left out."""
    reader = Words(language)
    reader.feed(html)
    reader.close()
    return reader.found


def outside_jinja(source: str) -> str:
    """A template's own text: without tags, comments and what is inside {% trans %}; lines are kept."""
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    environment = jinja2.Environment(extensions=extensions)
    text = "".join(_texts(Lexer(environment).tokeniter(source, "template")))
    # An element whose very name is an expression is still an element.
    return re.sub(rf"(</?){HOLE}", r"\1x", text).replace(HOLE, "")


def _texts(tokens) -> Iterator[str]:
    translated = False
    in_block, block = False, []
    for _, kind, value in tokens:
        if kind in {"block_begin", "variable_begin"}:
            in_block, block = True, [kind]
        elif kind in {"block_end", "variable_end"}:
            in_block = False
            if block[0] == "block_begin" and block[1:2] in (["trans"], ["endtrans"]):
                translated = block[1] == "trans"
        elif kind == "name" and in_block:
            block.append(value)
        if kind == "data" and not translated:
            yield value
        elif kind == "variable_begin":
            yield HOLE
        else:
            yield "\n" * value.count("\n")
