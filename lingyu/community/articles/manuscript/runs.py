"""Runs: the words of a paragraph with the marks on them, as one flat list, and that list as Markdown.

The Markdown is read again before it is given out: where marks that touch one another would be read
differently, the characters beside them are written as numbers.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from lingyu.community.pictures.addresses import ours

from ..markdown import parser, text_of
from .tree import Element

Kind = Literal["text", "code", "image", "break"]
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~", "strike": "~~"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PARSER = parser()


@dataclass(frozen=True)
class Run:
    """A stretch with the same marks. Marks are `**`, `*`, `~~`, and ("a", address, title)."""

    kind: Kind
    text: str = ""
    marks: frozenset = frozenset()
    source: str = ""
    title: str = ""


def runs_of(nodes: list, marks: frozenset = frozenset()) -> list[Run]:
    """The runs of elements and texts; blocks among them are read as their words."""
    found: list[Run] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(Run("text", _SPACE.sub(" ", node), marks))
        elif node.tag == "br":
            found.append(Run("break"))
        elif node.tag == "img":
            found.extend(_picture(node, marks))
        elif node.tag in {"code", "pre"}:
            found.append(Run("code", _SPACE.sub(" ", node.text).strip(), marks))
        else:
            found.extend(_inside(node, marks))
    return found


def tidy(runs: list[Run]) -> list[Run]:
    """The same without what Markdown cannot hold: marks on spaces, double spaces, spaces at the ends."""
    pieces = _words_and_spaces(runs)
    for index, run in enumerate(pieces):
        if _blank(run):
            # A space keeps only the marks that both of its neighbours have.
            around = [pieces[i].marks for i in (index - 1, index + 1) if 0 <= i < len(pieces)] or [run.marks]
            pieces[index] = replace(run, marks=run.marks & around[0] & around[-1])
    loose = [run for index, run in enumerate(pieces) if not (_blank(run) and _at_a_line_end(pieces, index))]
    while loose and loose[0].kind == "break":
        loose.pop(0)
    while loose and loose[-1].kind == "break":
        loose.pop()
    return _merged(loose)


def _words_and_spaces(runs: list[Run]) -> list[Run]:
    """Texts cut at their spaces, and of several spaces together one."""
    pieces: list[Run] = []
    for run in runs:
        if run.kind != "text":
            pieces += [run] if run.kind != "code" or run.text else []
            continue
        for part in filter(None, re.split(r"(\s+)", run.text)):
            last = pieces[-1] if pieces else None
            if part.isspace() and last and _blank(last):
                pieces[-1] = replace(last, marks=last.marks & run.marks)
            else:
                pieces.append(replace(run, text=_one_space(part) if part.isspace() else part))
    return pieces


def _one_space(spaces: str) -> str:
    return " " if " " in spaces else spaces[0]


def _blank(run: Run) -> bool:
    return run.kind == "text" and run.text.isspace()


def _at_a_line_end(pieces: list[Run], index: int) -> bool:
    beside = [pieces[i] for i in (index - 1, index + 1) if 0 <= i < len(pieces)]
    return len(beside) < 2 or any(run.kind == "break" for run in beside)


def _merged(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and last.kind == run.kind and run.kind in {"text", "code"} and last.marks == run.marks:
            found[-1] = replace(last, text=last.text + run.text)
        else:
            found.append(run)
    return found


def _inside(node: Element, marks: frozenset) -> list[Run]:
    if node.tag in MARKS:
        return runs_of(node.children, marks | {MARKS[node.tag]})
    if node.tag == "a" and (href := _address(node.attrs.get("href", ""))):
        others = frozenset(m for m in marks if not isinstance(m, tuple))
        return runs_of(node.children, others | {("a", href, _line(node.attrs.get("title", "")))})
    inside = runs_of(node.children, marks)
    # What was a block of its own does not run into what stands beside it.
    return inside if node.tag in {"a", "root"} else [Run("text", " "), *inside, Run("text", " ")]


def _picture(node: Element, marks: frozenset) -> list[Run]:
    source, alt = node.attrs.get("src", ""), _line(node.attrs.get("alt", ""))
    if ours(source):
        links = frozenset(m for m in marks if isinstance(m, tuple))
        return [Run("image", alt, links, source, _line(node.attrs.get("title", "")))]
    href = _address(source)
    return [Run("text", alt or href, marks | {("a", href, "")})] if href else []


def _line(text: str) -> str:
    return " ".join(text.split())


def _address(href: str) -> str:
    """An address as the parser writes it, or nothing when it is none that may be followed."""
    clean = "".join(c for c in href.strip() if c.isprintable())
    return _PARSER.normalizeLink(clean) if clean and _PARSER.validateLink(clean) else ""


def parsed(markdown: str) -> list[Run]:
    """The runs of one paragraph of Markdown, as it is read."""
    found, marks, inline = [], [], _PARSER.parseInline(markdown)[0]
    names = {"strong": "**", "em": "*", "s": "~~"}
    for token in inline.children or ():
        if token.type in {"text", "softbreak"}:
            text = " " if token.type == "softbreak" else token.content
            found.append(Run("text", text, frozenset(marks)))
        elif token.type == "code_inline":
            found.append(Run("code", token.content, frozenset(marks)))
        elif token.type == "hardbreak":
            found.append(Run("break"))
        elif token.type == "image":
            links = frozenset(m for m in marks if isinstance(m, tuple))
            source, title = token.attrGet("src"), token.attrGet("title") or ""
            found.append(Run("image", text_of(token), links, source, title))
        elif token.type == "link_open":
            marks.append(("a", token.attrGet("href"), token.attrGet("title") or ""))
        elif token.nesting == 1:
            marks.append(names[token.tag])
        elif token.nesting == -1:
            marks.pop()
    return _merged([r for r in found if r.text or r.kind != "text"])
