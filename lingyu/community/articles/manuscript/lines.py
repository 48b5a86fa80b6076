"""Lines: the runs of a paragraph as Markdown, escaped where a character would be read as a mark."""

import re
from itertools import groupby

from .runs import Run, parsed, tidy

_ALWAYS = re.compile(r"[\\`*\[\]]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TILDES = re.compile(r"~(?=~)|(?<=~)~|^~|~$")
_BANG = re.compile(r"!$")
# What would begin a heading, a list, a quote, a table, a line under a heading, or a rule.
_LINE_START = re.compile(r"^(?:(#{1,6}|[-+])(?=\s|$)|([>=|:])|(-)(?=[-|:\s]|$)|(_)(?=[_\s]|$))")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def line_of(nodes_runs: list[Run], *, single: bool = False, cell: bool = False) -> str:
    """Runs as the Markdown of one paragraph; `single`: without line breaks; `cell`: in a table."""
    runs = tidy([Run("text", " ") if single and r.kind == "break" else r for r in nodes_runs])
    if not runs:
        return ""
    text = _written(runs, plain_edges=True)
    if parsed(text) != runs:
        text = _written(runs, plain_edges=False)
    if cell:
        return text.replace("|", "\\|")
    return text if single else "\n".join(_line_start(line) for line in text.split("\n"))


def _written(runs: list[Run], *, plain_edges: bool) -> str:
    pieces = [_piece(runs, index, plain_edges) for index in range(len(runs))]
    return _nested(list(zip(runs, pieces, strict=True)))


def _nested(marked: list[tuple[Run, str]], done: frozenset = frozenset()) -> str:
    """Marks around their stretches, the longest stretch outermost."""
    found, index = [], 0
    while index < len(marked):
        marks = marked[index][0].marks - done
        if not marks:
            found.append(marked[index][1])
            index += 1
            continue
        reach = {m: _reach(marked, index, m) for m in marks}
        mark = max(marks, key=lambda m: (reach[m], isinstance(m, tuple), str(m)))
        inside = _nested(marked[index : index + reach[mark]], done | {mark})
        found.append(_around(mark, inside))
        index += reach[mark]
    return "".join(found)


def _reach(marked: list[tuple[Run, str]], index: int, mark) -> int:
    return next(
        (n for n, (run, _) in enumerate(marked[index:]) if mark not in run.marks), len(marked) - index
    )


def _around(mark, inside: str) -> str:
    if not isinstance(mark, tuple):
        return f"{mark}{inside}{mark}"
    _, href, title = mark
    return f"[{inside}]({target(href, title)})"


def target(href: str, title: str) -> str:
    """What stands in the brackets of a link or a picture."""
    bare = href and not re.search(r"[\s()<>\\]", href)
    address = href if bare else "<" + re.sub(r"[<>\\]", r"\\\g<0>", href) + ">"
    return f'{address} "{_quoted(title)}"' if title else address


def _quoted(title: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", _ENTITY.sub(r"\\&", title))


def _piece(runs: list[Run], index: int, plain_edges: bool) -> str:
    run = runs[index]
    if run.kind == "break":
        return "\\\n"
    if run.kind == "code":
        return code(run.text)
    if run.kind == "image":
        return f"![{escaped(run.text)}]({target(run.source, run.title)})"
    text = escaped(run.text)
    if plain_edges:
        return text
    # A number instead of the character beside a mark: it ends in a sign, beside which a mark may stand.
    marks = [r.marks for r in runs[max(0, index - 1) : index + 2]]
    first = index > 0 and marks[0] != run.marks
    last = index + 1 < len(runs) and marks[-1] != run.marks
    return _numbered_edges(run.text, first, last)


def _numbered_edges(text: str, first: bool, last: bool) -> str:
    head = f"&#{ord(text[0])};" if first and not text[0].isspace() else ""
    rest = text[1:] if head else text
    tail = f"&#{ord(rest[-1])};" if last and rest and not rest[-1].isspace() else ""
    return head + escaped(rest[:-1] if tail else rest) + tail


def escaped(text: str) -> str:
    """A text whose characters are read as themselves."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    for pattern in (_ENTITY, _TAG_LIKE, _UNDERSCORE, _TILDES, _BANG):
        text = pattern.sub(r"\\\g<0>", text)
    return text


def code(text: str) -> str:
    """A text as inline code, between more backticks than it has in a row."""
    longest = max((len(list(run)) for mark, run in groupby(text) if mark == "`"), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _line_start(line: str) -> str:
    line = _NUMBERED.sub(r"\1\\\2", line)
    return _LINE_START.sub(r"\\\g<0>", line)
