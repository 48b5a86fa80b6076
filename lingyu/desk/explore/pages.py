"""What the templates of exploring are given."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from lingyu.kernel.operations import Operation

from .. import board
from . import words
from .asking import PRESETS, Asked, read
from .drawings import draw
from .keeping import address_of, asked_by, embed_address
from .kinds import KINDS, Kind
from .models import Embed, SavedQuestion
from .offers import offers
from .source import Source
from .ways import ways


def hub(operation: Operation, deleted: str) -> dict[str, Any]:
    """The hub of a desk: each kind with an example, what is saved, what is embedded."""
    source = Source()
    known = source.known
    empty = QueryDict()
    examples = [(kind, read(kind, empty, known, source.today)) for kind in KINDS.values()]
    gone = SavedQuestion.objects.of(operation.code).filter(pk=deleted).first() if deleted else None
    return board.shell() | {
        "operation": operation,
        "known": known,
        "examples": examples,
        "saved": [
            (s, KINDS[s.kind], address_of(s)) for s in SavedQuestion.objects.of(operation.code).standing()
        ],
        "embeds": [(e, KINDS[e.kind], embed_address(e)) for e in Embed.objects.of(operation.code).standing()],
        "deleted": gone if gone and gone.ended_at else None,
    }


def question(operation: Operation, kind: Kind, request: HttpRequest) -> dict[str, Any]:
    """One question: its form, and the answer if it makes sense."""
    source = Source()
    asked = read(kind, request.GET, source.known, source.today)
    context = {
        "operation": operation,
        "known": source.known,
        "asked": asked,
        "offers": offers(asked, source),
        "kinds": list(KINDS.values()),
        "presets": [(code, _("%(number)s days") % {"number": days}) for code, days in PRESETS.items()],
        "part": request.htmx.target in ("answer", "explore"),
    }
    return context | _answered(asked, source, request)


def embedded(embed: Embed, request: HttpRequest) -> dict[str, Any]:
    """What an embed's address shows: the chart and the table, and nothing of the house."""
    source = Source()
    asked = asked_by(embed, source)
    return {"embed": embed, "asked": asked, "part": False} | _answered(asked, source, request)


def _answered(asked: Asked, source: Source, request: HttpRequest) -> dict[str, Any]:
    if asked.question is None or source.known.last is None:
        return {"found": None, "shown": None, "caveats": [], "meanings": [], "ways": None, "headline": ""}
    found = source.ask(asked.question, asked.before)
    return {
        "found": found,
        "shown": draw(asked, found) if found.answer else None,
        "headline": words.headline(asked.question),
        "caveats": _caveats(asked, found),
        "meanings": list(words.meanings(asked.question)),
        "ways": ways(asked, request.build_absolute_uri("/")),
    }


def _caveats(asked: Asked, found) -> list[str]:
    """What a reader has to know before believing a number."""
    answer = found.answer
    if answer is None:
        return []
    said = [_(caveat.message) % caveat.params for caveat in answer.caveats]
    told = {caveat.code for caveat in answer.caveats}
    if answer.history_from and asked.period.start < answer.history_from and "left_truncated" not in told:
        said.append(
            _("Nothing is known from before %(day)s: what lies before it is unknown, not nought.")
            % {"day": answer.history_from}
        )
    return said
