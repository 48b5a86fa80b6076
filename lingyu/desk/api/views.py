"""What the API answers: each finds, calls, and says it as JSON."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lingyu.kernel.access import PUBLIC, access
from lingyu.store.explore import house
from lingyu.store.log import sequences

from ..segments import actions as segment_actions
from ..segments import counting, shelf
from . import reading
from .door import body_of, by_token
from .openapi import document
from .saying import Refused, as_json
from .scopes import EXPLORE, PEOPLE, SEGMENTS


@by_token(EXPLORE, "POST")
def explore(request: HttpRequest, kind: str) -> HttpResponse:
    """The answer to a question."""
    asked = reading.question_of(kind, body_of(request))
    return as_json(house.answer(asked, shelf.condition_of))


@by_token(EXPLORE)
def events(request: HttpRequest) -> HttpResponse:
    """What has happened at all, by name, and how often."""
    return as_json(counting.events(sequences()))


@by_token(SEGMENTS)
def segments(request: HttpRequest) -> HttpResponse:
    """All segments that are saved."""
    return as_json({"segments": [reading.told(one) for one in shelf.everything()]})


@by_token(PEOPLE)
def people(request: HttpRequest, segment) -> HttpResponse:
    """The people of a segment, page after page."""
    found = shelf.found(str(segment))
    if found is None:
        raise Refused(404, "segment", _("There is no such segment."), "segment")
    limit, after = reading.page_of(request.GET)
    page = counting.page(shelf.read(found.condition), sequences(), limit, after)
    segment_actions.note_taken(
        actor=request.token.made_by, segment=found, people=len(page.people), token=request.token
    )
    return as_json(page)


@access(PUBLIC)
def openapi(request: HttpRequest) -> HttpResponse:
    """What can be asked and what is answered, for machines."""
    return HttpResponse(msgspec.json.encode(document()), content_type="application/json")


@access(PUBLIC)
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address: also this is said in JSON."""
    return Refused(404, "address", _("The API has no such address.")).answer()
