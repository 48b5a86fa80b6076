"""`lingyu doctor`: what the protocol doctor found, and what would become of a request in a file.

Holds the command line. A request is a file as it goes over the wire: the first line (POST /v1/batch), the
headers, an empty line, the body. Nothing is kept of it.
"""

import sys
from datetime import datetime
from pathlib import Path

import msgspec
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.collector.book import Book
from lingyu.collector.decoding import GZIP
from lingyu.collector.door import Decision, Door
from lingyu.collector.models import Source
from lingyu.collector.remedies import remedy
from lingyu.collector.running import doctor, load_entries, secret
from lingyu.collector.wire import Request
from lingyu.kernel.facts import Remark, read


class Command(BaseCommand):
    """Tell what was wrong."""

    help = _("Say what was wrong with events from outside, and how to put it right.")

    def add_arguments(self, parser):
        """Of which source, or a request to try."""
        parser.add_argument("--source", default="", help=_("a source's name, prefix or id; else of all"))
        parser.add_argument(
            "--request", default="", help=_("a file with one HTTP request, or - for the input")
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args, **options):
        """Try a request, or list what was found; the exit code is 1 for a request that is refused."""
        if options["request"]:
            sys.exit(self._try(_read(options["request"]), options["format"]))
        source = _source(options["source"])
        found = doctor().findings(str(source.pk) if source else None)
        if options["format"] == "json":
            self.stdout.write(msgspec.json.encode([f._asdict() for f in found]).decode())
            return
        names = {str(s.pk): s.name for s in Source.objects.all()}
        for f in found:
            last = timezone.localtime(datetime.fromtimestamp(f.last_at, timezone.get_current_timezone()))
            head = (
                f"{names.get(f.source, f.source or '–')} · {f.protocol or '–'} · {f.kind} {f.code} {f.field}"
            )
            self.stdout.write(f"{last:%Y-%m-%d %H:%M:%S}  {f.times} ×  {head.strip()}")
            self._advise(f.code, f.detail)
        if not found:
            self.stdout.write(_("Nothing was wrong."))

    def _advise(self, code: str, detail: str) -> None:
        said = remedy(code)
        self.stdout.write(f"    {said.what} {f'({detail})' if detail else ''}".rstrip())
        self.stdout.write(f"    → {said.todo}")

    def _try(self, request: Request, form: str) -> int:
        book = Book(load_entries)
        book.refresh()
        decision = Door(book, secret()).decide(request)
        reading = read(decision.row) if decision.row else None
        if form == "json":
            self.stdout.write(_as_json(decision, reading))
        else:
            self._tell(decision, reading)
        return 0 if decision.answer.status < 400 else 1

    def _tell(self, decision: Decision, reading) -> None:
        answer = decision.answer
        self.stdout.write(_("Protocol: %s") % (decision.protocol or "–"))
        self.stdout.write(
            _("Answer: %(status)s %(body)s") % {"status": answer.status, "body": _shown(answer.body)}
        )
        for fact in reading.facts if reading else ():
            keys = ", ".join(f"{key.kind} {key.value}" for key in fact.keys) or "–"
            self.stdout.write(f"  {fact.occurred_at:%Y-%m-%d %H:%M:%S.%f} UTC  {fact.name}  {keys}")
            self.stdout.write(f"      {msgspec.json.encode(fact.properties).decode()[:500]}")
        told: dict[Remark, None] = dict.fromkeys((*decision.remarks, *(reading.remarks if reading else ())))
        for remark in told:
            self.stdout.write(f"  {remark.kind} {remark.code} {remark.field}".rstrip())
            self._advise(remark.code, remark.detail)


def _as_json(decision: Decision, reading) -> str:
    value = {"protocol": decision.protocol, "source": decision.source, "status": decision.answer.status}
    value["remarks"] = [*decision.remarks, *(reading.remarks if reading else ())]
    value["facts"] = reading.facts if reading else []
    return msgspec.json.encode(value).decode()


def _shown(body: bytes) -> str:
    return body[:300].decode("utf-8", "replace") if body[:3] != b"GIF" else "GIF"


def _source(named: str) -> Source | None:
    """The source that is meant. Raises CommandError."""
    if not named:
        return None
    found = list(Source.objects.filter(Q(name=named) | Q(prefix=named)))
    found = found or [s for s in Source.objects.all() if str(s.pk) == named]
    if len(found) != 1:
        raise CommandError(_("There is no single source that is called %s.") % named)
    return found[0]


def _read(name: str) -> Request:
    """The request in a file. Raises CommandError."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(str(error)) from None
    head, _gap, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
    first, *lines = head.replace(b"\r\n", b"\n").decode("latin-1").split("\n")
    method, _space, rest = first.partition(" ")
    target = rest.rpartition(" HTTP/")[0] or rest
    if not method.isalpha() or not target.startswith("/"):
        raise CommandError(_("A request begins with a line such as: POST /v1/batch"))
    headers = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if colon:
            headers[key.strip().lower().encode()] = value.strip().encode("latin-1")
    path, _mark, query = target.partition("?")
    if body[:3] != GZIP:
        # An editor leaves a newline at the end of a file.
        body = body.rstrip(b"\r\n")
    return Request(method.upper(), path, query, headers, body, "127.0.0.1")
