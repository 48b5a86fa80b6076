"""What the builder's page shows of a draft: how many it means, some of them, and why one of them is in it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lingyu.kernel.access import SEE_PEOPLE
from lingyu.kernel.filters import FilterError
from lingyu.kernel.operations import Operation
from lingyu.kernel.query import QueryError
from lingyu.store.engines.base import EngineError

from .. import board
from ..explore.source import Source
from . import actions, counting, drafts, reasons, shelf, words
from .drafts import Node
from .models import SavedSegment

FAULTS = (QueryError, FilterError, EngineError)


def draft_for(request: HttpRequest, segment: SavedSegment | None) -> tuple[Node, str]:
    """The draft and title that a request is about: as sent, else as saved, else a first condition."""
    if request.method == "POST":
        root = drafts.sent(request.POST)
        drafts.changed(root, request.POST.get("do", ""))
        return root, request.POST.get("title", "")[:200]
    if segment:
        return drafts.root_of(shelf.read(segment.condition)), segment.title
    return Node(kind="and", items=[drafts.new("did")]), ""


def saved(
    request: HttpRequest, operation: Operation, segment: SavedSegment | None, root: Node, title: str
) -> tuple[SavedSegment | None, str]:
    """The segment as it was saved; where it could not be, why not."""
    try:
        asked = root.condition()
        if segment is None:
            made = actions.save_segment(
                actor=request.user, operation=operation.code, title=title, condition=asked
            )
            return made, ""
        actions.change_segment(actor=request.user, segment=segment, title=title, condition=asked)
        return segment, ""
    except ValidationError as error:
        return None, " ".join(error.messages)
    except FAULTS as error:
        return None, worded(error)


def context(
    request: HttpRequest, operation: Operation, segment: SavedSegment | None, root: Node, title: str
) -> dict[str, Any]:
    """All that the page needs."""
    known = Source()
    shown = {
        "operation": operation,
        "segment": segment,
        "root": root,
        "title": title,
        "events": known.seen.happenings(),
        "properties": [found.name for found in known.properties([])],
        "others": [(str(one.pk), one.title) for one in shelf.everything() if one != segment],
        "versions": segment.versions.select_related("by").order_by("-number")[:20] if segment else (),
        "said": words.said,
        "read": shelf.read,
    }
    return board.shell() | shown | looked(root, known.seen, request)


def looked(root: Node, source, request: HttpRequest) -> dict[str, Any]:
    """How many a draft means and some of them; `why` for the one whose button was pressed; or the fault."""
    verb, _colon, number = request.POST.get("do", "").partition(":")
    found: dict[str, Any] = dict.fromkeys(("look", "plainly", "why", "whose", "fault"))
    try:
        asked = root.condition()
        look = counting.look(asked, source, sample=request.user.may(SEE_PEOPLE))
        found |= {"look": look, "plainly": words.said(asked)}
        if verb == "why" and number.isascii() and number.isdigit() and request.user.may(SEE_PEOPLE):
            found["why"] = reasons.reasons(int(number), asked, source)
            found["whose"] = source.keys([int(number)])[0]
        return found
    except FAULTS as error:
        return found | {"fault": worded(error)}


def worded(error: Exception) -> str:
    """What was wrong, for people."""
    message = getattr(error, "message", None)
    return _(message) % error.params if message else str(error)
