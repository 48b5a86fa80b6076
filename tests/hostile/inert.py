"""Whether what was typed lies still: in HTML, feeds, tables, workbooks and letters.

Holds pure functions of an answer's text; each returns what came alive, or nothing. Only what carries
the canary counts, and what no page of ours has at all (`on…` attributes, scripts by address).
"""

import csv
import io
import json
import re
import zipfile
from email.message import Message
from html.parser import HTMLParser
from xml.etree import ElementTree

from .corpus import CANARY, SUM

ADDRESSED = {
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "xlink:href",
    "srcset",
    "ping",
    "background",
}
# htmx takes commands from attributes of these names; a request to elsewhere is refused by the page's policy.
COMMANDS = ("hx-on", "hx-vals", "hx-headers", "data-hx-")
DATA_SCRIPTS = {"application/ld+json", "application/json", "importmap", "speculationrules"}
_DIRTY = re.compile(r"[\x00-\x20\u200b-\u200f\ufeff]")
_ALIVE = re.compile(r"(?:javascript|vbscript|data|file):", re.I)
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What XML 1.0 has no way to say: a feed with one of them is no feed.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Alive(HTMLParser):
    """Collects what a browser would run, fetch or follow."""

    def __init__(self, own: bool):
        super().__init__(convert_charrefs=True)
        self.own, self.found = own, []
        self.script: str | None = None
        self.style = False

    def handle_starttag(self, tag, attrs):
        """An element: none may be named by a member, or carry what acts."""
        if CANARY in tag:
            self.found.append(f"the element <{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        given = dict(attrs)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh" and CANARY in str(given):
            self.found.append("a refresh to where a member says")
        if tag == "a" and CANARY in (given.get("href") or "") and "//" in (given.get("href") or ""):
            self._link(given)
        if tag == "script":
            self.script = given.get("type") or "text/javascript"
        self.style = tag == "style"

    def _attribute(self, tag, name, value):
        clean = _DIRTY.sub("", value)
        if CANARY in name or name.startswith("on"):
            self.found.append(f"the attribute {name} of <{tag}>")
        elif name in ADDRESSED and CANARY in value and _ALIVE.match(clean):
            self.found.append(f"{name}={value[:60]!r} of <{tag}>")
        elif CANARY in value and (name in {"style", "srcdoc"} or name.startswith(COMMANDS)):
            self.found.append(f"{name} of <{tag}>")
        elif name == "src" and tag in {"script", "iframe", "embed"} and CANARY in value:
            self.found.append(f"<{tag}> from where a member says")

    def _link(self, given):
        outside = given["href"].startswith(("http:", "https:", "//"))
        if outside and "nofollow" not in (given.get("rel") or ""):
            self.found.append(f"a link outside that search engines follow: {given['href'][:60]}")

    def handle_data(self, data):
        """Words: nothing inside a script or a style is by a member, but data that is whole."""
        if self.script and CANARY in data:
            self._script(data)
        elif self.style and CANARY in data:
            self.found.append("words inside <style>")
        if CANARY + SUM[1] in data or re.search(rf"(?<![\d.]){SUM[1]}(?![\d.])", data):
            self.found.append("a template worked out what a member typed")
        if not self.own and _OVERRIDES.search(data):
            self.found.append(f"a sign that turns the direction of what follows: {data.strip()[:40]!r}")

    def _script(self, data):
        if self.script not in DATA_SCRIPTS:
            self.found.append(f"words inside <script type={self.script}>")
            return
        try:
            json.loads(data)
        except ValueError:
            self.found.append(f"broken data inside <script type={self.script}>")

    def handle_endtag(self, tag):
        """The end of a script or a style."""
        if tag == "script":
            self.script = None
        if tag == "style":
            self.style = False

    def handle_comment(self, data):
        """A comment: a browser and a parser end it at different places."""
        if CANARY in data:
            self.found.append("words inside a comment")


def in_html(text: str, own: bool = False) -> list[str]:
    """What came alive in a page or a fragment; `own`: it is shown to nobody but who has just sent it."""
    reader = _Alive(own)
    reader.feed(text)
    reader.close()
    return reader.found


def in_csv(text: str) -> list[str]:
    """Cells that a spreadsheet works out."""
    cells = [c for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for c in row]
    return [
        f"the cell {c[:40]!r}"
        for c in cells
        if CANARY in c and c.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


def in_xml(text: str) -> list[str]:
    """A feed that is broken, or whose HTML is alive."""
    if _UNSAYABLE.search(text):
        return ["signs that XML has no way to say"]
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return [f"broken XML: {error}"]
    found = [f"the element <{e.tag}>" for e in root.iter() if CANARY in str(e.tag)]
    return found + [w for e in root.iter() if _holds_html(e) for w in in_html(e.text or "")]


def _holds_html(element) -> bool:
    """Whether readers take an element's text for HTML: as Atom says it, and what describes in RSS.

    Everything else in RSS is plain text, says its profile.
    """
    name = str(element.tag).rpartition("}")[2]
    return element.get("type") in {"html", "xhtml"} or name in {"encoded", "description"}


def in_workbook(content: bytes) -> list[str]:
    """Formulas and links in a workbook."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            text = book.read(name).decode("utf-8", "replace")
            if CANARY in text and ("<f>" in text or name.endswith(".rels")):
                found.append(f"a formula or link in {name}")
    return found


def in_letter(letter: Message) -> list[str]:
    """What came alive in a letter's HTML, and headers that a member added."""
    found = [
        f"the header {k}" for k, v in letter.items() if "evil.example" in v and k not in {"Subject", "To"}
    ]
    for part in letter.walk():
        if part.get_content_type() == "text/html":
            found += in_html(part.get_payload(decode=True).decode("utf-8", "replace"))
    return found


def in_answer(kind: str, content: bytes, own: bool = False) -> list[str]:
    """What came alive in an answer of a content type."""
    kind = kind.partition(";")[0].strip()
    if kind in {"text/html", "image/svg+xml"}:
        return in_html(content.decode("utf-8", "replace"), own)
    if kind == "text/csv":
        return in_csv(content.decode("utf-8", "replace"))
    if kind.endswith(("+xml", "/xml")):
        return in_xml(content.decode("utf-8", "replace"))
    if "spreadsheetml" in kind:
        return in_workbook(content)
    if kind in {"application/json", "application/ld+json"}:
        json.loads(content)
    if kind in {"application/zip", "application/x-zip-compressed"}:
        return in_archive(content)
    return []


def in_archive(content: bytes) -> list[str]:
    """Tables in an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tables = [name for name in archive.namelist() if name.endswith(".csv")]
        return [w for name in tables for w in in_csv(archive.read(name).decode("utf-8", "replace"))]
