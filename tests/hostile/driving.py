"""Driving a form: filled in as a person would, then with one thing at a time that no person would send.

Holds the sending and the judgement; `Judge.wrongs` lists every broken promise:
no failure of the server, a refusal that says so and writes nothing, no way out to another site,
and nothing in the answer that comes alive.
"""

import json
import re
import zlib
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from . import corpus
from .inert import in_answer
from .pages import TOKENS, Field, Form, Page
from .walking import content_of, exception_of, route_of

# Rows that a refusal may leave: the session, and the receipts and tries of what was refused.
MAY_GROW = {"django_session", "feathers_receipt", "usersessions_usersession"}
WRITES = re.compile(r'(?:INTO|DELETE FROM) "?(\w+)"?', re.I)
# Bodies that no page of ours sends: they need no words, only to do no harm.
SHAPELESS = ("JSON", "broken multipart")
FILLED = {
    "email": "plume@example.org",
    "url": "https://example.org/plume",
    "number": "1",
    "date": "2026-06-10",
    "datetime-local": "2030-06-10T10:00",
    "time": "10:00",
    "month": "2026-06",
    "color": "#123456",
    "password": "lingyu-demo",
}


def filled(form: Form) -> list[tuple[str, object]]:
    """What a person would send: what stands there, a word where one is asked for, the first choice."""
    pairs: dict[str, object] = {}
    for control in form.fields:
        if control.name in pairs and control.type != "hidden":
            continue
        value = _usual(control)
        if value is not None:
            pairs.setdefault(control.name, value)
    return list(pairs.items())


def _usual(control: Field) -> object | None:
    if control.type == "checkbox":
        return (control.value or "on") if control.required or control.ticked else None
    if control.type == "select":
        return control.value or next((o for o in control.options if o), "")
    if control.type == "file":
        return corpus.Raw(corpus.PICTURE, "plume.png") if control.required else None
    if control.type == "number":
        return control.value or control.attributes.get("min") or "1"
    return control.value or FILLED.get(control.type, "" if control.kind != "text" else "羽毛 plume")


def counts(tables=None) -> dict[str, int]:
    """How many rows each table has, or each of some."""
    tables = connection.introspection.table_names() if tables is None else tables
    quoted = connection.ops.quote_name
    parts = [f"SELECT '{t}', count(*) FROM {quoted(t)}" for t in tables]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


class Written:
    """The tables into which a request put rows, or took them out of: only these need counting again."""

    def __init__(self):
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables.update(WRITES.findall(sql))
        return execute(sql, params, many, context)


@dataclass
class Judge:
    """Sends and judges; `sent` counts, `wrongs` tells."""

    wrongs: list[str] = field(default_factory=list)
    sent: int = 0
    accepted: int = 0
    # Rows of each table as they lie now: what a request wrote is undone, or counted.
    rows: dict[str, int] = field(default_factory=counts)

    def try_out(self, client: Client, person: str, form: Form) -> None:
        """Everything that is wrong, one thing at a time, each undone."""
        usual = filled(form)
        for control in {f.name: f for f in form.fields if f.name not in TOKENS}.values():
            turn = zlib.crc32(f"{route_of(form.action)} {control.name}".encode())
            for value in corpus.for_kind(control.kind, turn, form.method == "get"):
                pairs = [(k, v) for k, v in usual if k != control.name] + [(control.name, value)]
                self.send(client, person, form, pairs, f"{control.name}={told(value)}")
            if control.type == "file":
                self._files(client, person, form, usual, control)
        self._shapes(client, person, form, usual)

    def _files(self, client, person, form, usual, control) -> None:
        others = [(k, v) for k, v in usual if k != control.name]
        for name, value in corpus.files():
            said = f"{control.name}={name}"
            self.send(client, person, form, [*others, (control.name, corpus.Raw(value, name))], said)

    def _shapes(self, client, person, form, usual) -> None:
        if form.method == "get":
            return
        twice = [pair for pair in usual for _ in range(2)]
        self.send(client, person, form, [(t, "x") for t in TOKENS], "nothing at all")
        self.send(client, person, form, twice, "everything twice")
        self.send(client, person, form, [(f"{k}[]", v) for k, v in usual], "lists for values")
        body = json.dumps({k: [str(v)] for k, v in usual} | {"__proto__": {"a": "\ud800"}})
        self.post(client, person, form, body.encode(), "application/json", SHAPELESS[0])
        self.post(client, person, form, b"\xff" * 64, MULTIPART_CONTENT, SHAPELESS[1])
        many = urlencode([(f"f{n}", "x") for n in range(1_100)]).encode()
        self.post(client, person, form, many, "application/x-www-form-urlencoded", "too many fields")

    def send(self, client: Client, person: str, form: Form, pairs: list, said: str, keep: bool = False):
        """Send pairs as the form would; `said` names what is odd about them."""
        if form.method == "get":
            return self.look(client, person, form, pairs, said)
        if "multipart" in form.encoding:
            body, kind = multipart(pairs), MULTIPART_CONTENT
        else:
            body, kind = _urlencoded(pairs), "application/x-www-form-urlencoded"
        return self.post(client, person, form, body, kind, said, keep)

    def look(self, client, person, form, pairs, said):
        """Send a form that only asks."""
        query = _urlencoded(pairs)[:8_000].decode("latin-1")
        answer = client.get(f"{urlsplit(form.action).path}?{query}")
        self.sent += 1
        self._judge(answer, f"GET {form.action} by {person}, {said}")
        return answer

    def post(self, client, person, form, body, kind, said, keep=False):
        """Post a body, undone afterwards unless it is to be kept; the answer and whether it wrote."""
        with transaction.atomic(), connection.execute_wrapper(written := Written()):
            answer = client.generic("POST", form.action, body, kind)
            content = content_of(answer)
            failed = connection.needs_rollback
            after = {} if failed else counts(written.tables & self.rows.keys())
            undone = failed or not keep or answer.status_code >= 400
            if undone:
                transaction.set_rollback(True)
        self.sent += 1
        grown = {t for t in after if after[t] != self.rows[t]} - MAY_GROW
        self.rows |= {} if undone else after
        self.accepted += bool(grown)
        where = f"POST {form.action} by {person}, {said}"
        self._judge(answer, where, content)
        if grown and answer.status_code >= 400:
            self.wrongs.append(f"{where}: refused with {answer.status_code}, and yet wrote {sorted(grown)}")
        if (
            answer.status_code == 200
            and not grown
            and said not in SHAPELESS
            and "text/html" in answer.headers.get("Content-Type", "")
        ):
            self._told(Page(form.action, content.decode()), form, where)
        return answer, bool(grown)

    def _judge(self, answer, where, content=None) -> None:
        content = content_of(answer) if content is None else content
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code >= 500:
            self.wrongs.append(f"{where}: {answer.status_code} {exception_of(answer)}")
        if b"Traceback (most recent call last)" in content:
            self.wrongs.append(f"{where}: shows a traceback")
        to = answer.headers.get("Location", "")
        if to and (
            urlsplit(to).netloc not in {"", "testserver"} or to.startswith(("//", "/\\", "javascript:"))
        ):
            self.wrongs.append(f"{where}: sends to {to[:80]}")
        if corpus.CANARY.encode() in content or corpus.SUM[1].encode() in content:
            self.wrongs += [f"{where}: {what}" for what in in_answer(kind, content, own=True)]

    def _told(self, page: Page, form: Form, where: str) -> None:
        """The same form again is a refusal, and says what is wrong."""
        again = any((f.action, f.names) == (form.action, form.names) for f in page.forms)
        if again and not page.alarms:
            self.wrongs.append(f"{where}: the form again, without a word about what is wrong")


def told(value) -> str:
    """A value, short enough to be read."""
    value = value.value if isinstance(value, corpus.Raw) else value
    return repr(value[:60]) + (f"… ({len(value)})" if len(value) > 60 else "")


def _urlencoded(pairs) -> bytes:
    return urlencode([(k, v.value if isinstance(v, corpus.Raw) else v) for k, v in pairs]).encode()


def multipart(pairs) -> bytes:
    """A body with files and bytes that are no text."""
    lines = []
    for name, value in pairs:
        raw = isinstance(value, corpus.Raw)
        of = f'; filename="{value.name}"\r\nContent-Type: {value.type}' if raw and value.name else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{of}\r\n\r\n'
        lines += [head.encode(), value.value if raw else str(value).encode("utf-8", "surrogatepass"), b"\r\n"]
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()
