"""Pages as a robot sees them: their links, their forms, and what they say is wrong.

Holds pure functions of HTML.
"""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

KINDS = {
    "number": "number",
    "range": "number",
    "hidden": "hidden",
    "checkbox": "choice",
    "radio": "choice",
    "select": "choice",
    "date": "date",
    "datetime-local": "date",
    "time": "date",
    "month": "date",
    "file": "file",
}
BUTTONS = {"submit", "button", "reset", "image"}
TOKENS = {"csrfmiddlewaretoken"}
ALARMS = {"error", "errorlist", "alert", "toast", "quiz-said"}


@dataclass
class Field:
    """One control: its name, its type in HTML, what it holds, what may be chosen."""

    name: str
    type: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    required: bool = False
    ticked: bool = False
    attributes: dict = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of `corpus.for_kind`."""
        return KINDS.get(self.type, "text")


@dataclass
class Form:
    """One form: where it goes, how, and with what."""

    action: str
    method: str
    fields: list[Field]
    encoding: str = ""
    page: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What its fields are called, each once."""
        return tuple(dict.fromkeys(f.name for f in self.fields if f.name not in TOKENS))


class Page(HTMLParser):
    """Reads a page at an address: `links`, `forms`, and `alarms`, the words that say what is wrong."""

    def __init__(self, address: str, html: str):
        super().__init__(convert_charrefs=True)
        self.address, self.links, self.forms, self.alarms = address, [], [], []
        self._named: dict[str, Form] = {}
        self._loose: list[tuple[str, Field]] = []
        self._form = self._select = self._area = None
        self._alarm = False
        self.feed(html)
        self.close()
        for name, control in self._loose:
            if name in self._named:
                self._named[name].fields.append(control)

    def handle_starttag(self, tag, attrs):
        """Note links, forms and controls."""
        given = {k: v if v is not None else "" for k, v in attrs}
        for name in ("href", "hx-get") if tag in {"a", "link"} else ("hx-get",):
            if given.get(name):
                self.links.append(self._local(given[name]))
        if tag == "form":
            self._open(given)
        elif tag in {"input", "textarea", "select", "button"}:
            self._control(tag, given)
        elif tag == "option" and self._select is not None:
            self._option(given)
        if ALARMS & {*given.get("class", "").split(), given.get("role")}:
            self._alarm = True

    def _open(self, given):
        address = given.get("hx-post") or given.get("action") or self.address
        method = "post" if given.get("hx-post") else given.get("method", "get").lower()
        if method == "dialog":
            # It closes a box on the page, and sends nothing.
            return
        self._form = Form(self._local(address) or "", method, [], given.get("enctype", ""), self.address)
        self.forms.append(self._form)
        if given.get("id"):
            self._named[given["id"]] = self._form

    def _control(self, tag, given):
        kind = given.get("type", "text" if tag == "input" else tag).lower()
        if tag == "button" or kind in BUTTONS:
            if given.get("name") and kind != "button":
                self._add(given, Field(given["name"], "hidden", given.get("value", "")))
            return
        if not given.get("name"):
            return
        made = Field(given["name"], kind, given.get("value", ""), attributes=given)
        made.required, made.ticked = "required" in given, "checked" in given
        if kind == "radio":
            made.options = [made.value]
        self._select = made if tag == "select" else self._select
        self._area = made if tag == "textarea" else None
        self._add(given, made)

    def _add(self, given, control):
        if given.get("form"):
            self._loose.append((given["form"], control))
        elif self._form is not None:
            self._form.fields.append(control)

    def _option(self, given):
        self._select.options.append(given.get("value", ""))
        if "selected" in given:
            self._select.value = given.get("value", "")

    def handle_data(self, data):
        """What a text area holds, and what an alarm says."""
        if self._area is not None:
            self._area.value += data
        if self._alarm and data.strip():
            self.alarms.append(data.strip())
            self._alarm = False

    def handle_endtag(self, tag):
        """Close what was open."""
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def _local(self, address: str) -> str | None:
        """The address without its host, or nothing for one that leads elsewhere."""
        try:
            parts = urlsplit(urljoin(f"http://testserver{self.address}", address))
        except ValueError:
            return None
        if parts.scheme not in {"http", "https"} or parts.netloc != "testserver":
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")


def without(form: Form, *names: str) -> Form:
    """The form without some of its fields."""
    return replace(form, fields=[f for f in form.fields if f.name not in names])
