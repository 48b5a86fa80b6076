"""Reading what the editor gives back: its blocks as Markdown.

The one way to write each thing: `-` lists, fenced code, pipes around tables. Empty paragraphs and items
fall away.
"""

import re
from dataclasses import dataclass

from .lines import line_of
from .runs import MARKS, runs_of
from .tree import Element, tree

# Lists and quotes below this depth are written as plain paragraphs: the reader's page goes no deeper.
NESTED = 12
_INLINE = {*MARKS, "a", "code", "br", "img"}
_HEADING = re.compile(r"h[1-6]")
_LANGUAGE = re.compile(r"language-([\w+#.-]{1,20})")
_SIDES = {"end": "-:", "middle": ":-:"}


@dataclass(frozen=True)
class Block:
    """One block as lines of Markdown; a list knows its kind, so that two in a row are told apart."""

    lines: list[str]
    kind: str = "block"
    loose: bool = False


def from_editor(html: str) -> str:
    """The editor's HTML, or whatever a browser sends in its place, as Markdown."""
    return "\n".join(_stacked(_blocks(tree(html).children, 0)))


def _stacked(blocks: list[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block.lines] if lines else block.lines
    return lines


def _blocks(nodes: list, depth: int) -> list[Block]:
    """The blocks of what stands in an element; words between them are paragraphs of their own."""
    found: list[Block] = []
    for group in _grouped(nodes):
        if isinstance(group, list):
            found += _paragraph(group)
        elif group.tag in {"ul", "ol"} and depth < NESTED:
            found += _list(group, depth, found[-1].kind if found else "")
        else:
            found += _block(group, depth)
    return found


def _grouped(nodes: list) -> list:
    """Blocks as they are, and the inline content between two of them as one list."""
    found: list = []
    for node in nodes:
        if not isinstance(node, str) and node.tag not in _INLINE:
            found.append(node)
        elif found and isinstance(found[-1], list):
            found[-1].append(node)
        else:
            found.append([node])
    return found


def _block(node: Element, depth: int) -> list[Block]:
    if _HEADING.fullmatch(node.tag):
        text = line_of(runs_of(node.children), single=True)
        text = re.sub(r"(#+)$", r"\\\1", text)
        return [Block([f"{'#' * max(2, int(node.tag[1]))} {text}"])] if text else []
    if node.tag == "p":
        return _paragraph(node.children)
    if node.tag == "pre":
        return [_code(node)]
    if node.tag == "hr":
        return [Block(["___"])]
    if node.tag == "table":
        return _table(node)
    if node.tag == "figure":
        return _figure(node)
    if node.tag == "blockquote" and depth < NESTED:
        inside = _stacked(_blocks(node.children, depth + 1))
        return [Block([f"> {line}" if line else ">" for line in inside])] if inside else []
    return _blocks(node.children, depth)


def _paragraph(nodes: list) -> list[Block]:
    text = line_of(runs_of(nodes))
    return [Block(text.split("\n"))] if text else []


def _code(node: Element) -> Block:
    text = node.text.replace("\r\n", "\n").removesuffix("\n")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    classes = [c.attrs.get("class", "") for c in node.children if not isinstance(c, str)]
    language = _LANGUAGE.fullmatch(classes[0]) if classes else None
    return Block([fence + (language[1] if language else ""), *text.split("\n"), fence])


def _figure(node: Element) -> list[Block]:
    """A picture with the words below it as its title."""
    pictures = [c for c in node.children if not isinstance(c, str) and c.tag == "img"]
    captions = [c for c in node.children if not isinstance(c, str) and c.tag == "figcaption"]
    if len(pictures) != 1:
        return _blocks(node.children, NESTED)
    if captions:
        pictures[0].attrs["title"] = " ".join(captions[0].text.split())
    return _paragraph(pictures)


def _list(node: Element, depth: int, before: str) -> list[Block]:
    kind = node.tag
    if before.startswith(kind):
        # Two lists of one kind in a row are told apart by their marks.
        kind += "" if before.endswith("*") else "*"
    number = _first_number(node)
    items = [c for c in node.children if not isinstance(c, str)]
    contents = [_blocks(c.children if c.tag == "li" else [c], depth + 1) for c in items]
    contents = [c for c in contents if c]
    loose = any(_needs_air(blocks) for blocks in contents)
    lines: list[str] = []
    for index, blocks in enumerate(contents):
        mark = _mark(kind, number + index)
        inside = _stacked(blocks) if loose else [line for block in blocks for line in block.lines]
        indented = [" " * len(mark) + line if line else "" for line in inside]
        lines += [""] * (loose and index > 0) + [mark + inside[0], *indented[1:]]
    return [Block(lines, kind)] if lines else []


def _needs_air(blocks: list[Block]) -> bool:
    """Whether an item is more than a paragraph with lists that may follow it at once."""
    if blocks[0].kind != "block" or blocks[0].lines[0].startswith(("```", "> ", "| ", "___", "#")):
        return len(blocks) > 1
    rest = blocks[1:]
    return any(
        b.kind == "block" or (b.kind[:2] == "ol" and b.lines[0][:2] not in {"1.", "1)"}) for b in rest
    ) or any(line == "" for b in rest for line in b.lines)


def _first_number(node: Element) -> int:
    start = node.attrs.get("start", "1")
    return min(int(start), 900_000_000) if re.fullmatch(r"\d{1,9}", start) else 1


def _mark(kind: str, number: int) -> str:
    if kind.startswith("ul"):
        return "* " if kind.endswith("*") else "- "
    return f"{number}) " if kind.endswith("*") else f"{number}. "


def _table(node: Element) -> list[Block]:
    """Rows between pipes; the first one is the head, short ones are filled up."""
    rows = [[c for c in row.children if not isinstance(c, str)] for row in _rows(node)]
    rows = [row for row in rows if row]
    if not rows:
        return []
    width = max(map(len, rows))
    texts = [[line_of(runs_of(cell.children), single=True, cell=True) for cell in row] for row in rows]
    sides = [_SIDES.get(cell.attrs.get("class", ""), "-") for cell in rows[0]]
    sides += ["-"] * (width - len(sides))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in texts]
    return [Block([lines[0], "| " + " | ".join(sides) + " |", *lines[1:]])]


def _rows(node: Element) -> list[Element]:
    found = []
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.tag == "tr":
            found.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            found += _rows(child)
    return found
