"""What a machine sent, as what is asked for."""

from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from lingyu.kernel.questions import Question, question_from
from lingyu.store.explore.asking import ANSWERS

from ..segments.models import SavedSegment
from .saying import Refused

KINDS = (*ANSWERS, "segment")
LIMIT, MOST = 1_000, 10_000


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A saved segment, as the API tells it. A question refers to it by `id`."""

    id: str
    title: str
    operation: str
    version: int
    condition: dict[str, Any]


def told(one: SavedSegment) -> Told:
    """A row as the API tells it."""
    return Told(
        id=str(one.pk),
        title=one.title,
        operation=one.operation,
        version=one.version,
        condition=one.condition,
    )


def question_of(kind: str, body: bytes) -> Question:
    """The question of this kind that was sent. Raises Refused, QueryError and FilterError."""
    if kind not in KINDS:
        message = _("There is no kind “%(kind)s”; known: %(kinds)s.")
        raise Refused(404, "kind", message % {"kind": kind, "kinds": ", ".join(KINDS)}, "kind")
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(400, "json", _("This is no JSON: %(reason)s.") % {"reason": error}) from None
    if not isinstance(said, dict):
        raise Refused(400, "json", _("A question is a JSON object."), "question")
    if said.setdefault("kind", kind) != kind:
        raise Refused(400, "kind", _("The address and the question name different kinds."), "kind")
    try:
        return question_from(said)
    except RecursionError:
        raise Refused(400, "question", _("The question is nested too deeply."), "question") from None


def page_of(params: QueryDict) -> tuple[int, int]:
    """`limit` and `after` of an address. Raises Refused."""
    found = []
    for name, default, least, most in (("limit", LIMIT, 1, MOST), ("after", -1, -1, 2**32)):
        text = params.get(name, str(default))
        if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit() or len(text) > 11:
            raise Refused(400, "page", _("This has to be a whole number."), name)
        if not least <= int(text) <= most:
            message = _("This has to lie between %(least)s and %(most)s.")
            raise Refused(400, "page", message % {"least": least, "most": most}, name)
        found.append(int(text))
    return found[0], found[1]
