"""HTML that a browser sent, cleaned and as a small tree, never deeper than is sensible.

Holds which elements are let in and the building of the tree. Knows no Markdown.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Several times what Markdown may hold: HTML says the same in more words.
HTML_LIMIT = 600_000
DEPTH = 60
# An editor writes nothing as deep as this: whoever does wants to keep the server busy.
TOO_DEEP = 400
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
SCHEMES = {"http", "https", "mailto"}
TAGS = {
    *("p", "div", "section", "article", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("strong", "b", "em", "i", "s", "del", "strike", "a", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("img", "figure", "figcaption"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    "img": {"src", "alt", "title"},
}
_VOID = {"br", "hr", "img"}


@dataclass
class Element:
    """One element: its name, its attributes, and what is in it, elements and texts."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list = field(default_factory=list)

    @property
    def text(self) -> str:
        """All texts in it, in order."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


def tree(html: str) -> Element:
    """The elements of `html` that are let in, below one root.

    Raises ValidationError for more, or deeper, than any article is.
    """
    if len(html) > HTML_LIMIT:
        raise ValidationError(_("The text is too long."))
    if _depth(html) > TOO_DEEP:
        raise ValidationError(_("Lists and quotes stand too deep inside one another."))
    safe = nh3.clean(
        html.replace("\0", ""),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    builder = _Builder()
    builder.feed(safe)
    builder.close()
    return builder.open[0]


def _depth(html: str) -> int:
    """How many more elements are opened than closed, at most."""
    deepest = depth = 0
    for closing, name in _ANY_TAG.findall(html):
        if name.lower() not in _VOID:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


class _Builder(HTMLParser):
    """Builds from HTML that is well-formed, as the cleaner writes it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Element("root")]
        # Elements below the deepest level: their words stay, they themselves do not.
        self.beyond = 0

    def handle_starttag(self, tag, attrs):
        """Open an element inside the one that is open."""
        if tag in _VOID:
            self.open[-1].children.append(Element(tag, dict(attrs)))
        elif len(self.open) > DEPTH:
            self.beyond += 1
        else:
            element = Element(tag, dict(attrs))
            self.open[-1].children.append(element)
            self.open.append(element)

    def handle_endtag(self, tag):
        """Close what is open."""
        if tag in _VOID:
            return
        if self.beyond:
            self.beyond -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        """Keep a text."""
        self.open[-1].children.append(data)
