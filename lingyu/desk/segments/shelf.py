"""The saved segments as questions ask for them: by id, or by title."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, Max

from lingyu.kernel.questions import Condition, QuestionError, Segment, question_from, saved_names
from lingyu.kernel.questions.people import parts
from lingyu.kernel.text import N_

from .models import SavedSegment


def read(condition: Any) -> Condition:
    """A condition as it was kept, or sent. Raises QueryError or FilterError where it is none."""
    try:
        asked = question_from({"kind": "segment", "condition": condition})
    except RecursionError:
        raise QuestionError("condition", N_("%(field)s: is nested too deeply.")) from None
    assert isinstance(asked, Segment)
    return asked.condition


def found(name: str) -> SavedSegment | None:
    """The segment of this id, else of this title; None where there is none."""
    try:
        return SavedSegment.objects.kept().filter(pk=UUID(name)).first()
    except ValueError:
        return SavedSegment.objects.kept().filter(title=name).first()


def condition_of(name: str) -> Condition | None:
    """What a saved segment means at present: a shelf for `lingyu.store.explore`."""
    one = found(name)
    return read(one.condition) if one else None


def everything() -> Iterator[SavedSegment]:
    """All that are kept, by title."""
    yield from SavedSegment.objects.kept().order_by("title", "pk")


def state() -> str:
    """Another one whenever what any segment means has changed."""
    kept = SavedSegment.objects.aggregate(at=Max("changed_at"), gone=Max("deleted_at"), many=Count("pk"))
    return f"{kept['at']} {kept['gone']} {kept['many']}"


def users_of(one: SavedSegment) -> list[SavedSegment]:
    """The segments that refer to this one."""
    return [other for other in everything() if str(one.pk) in saved_names(read(other.condition))]


def settled(condition: Condition, own: str = "") -> dict[str, Any]:
    """A condition as it is kept: segments by their ids, all of them there, none of them standing on `own`.

    Raises QuestionError.
    """
    _follow(condition, (own,) if own else ())
    return _by_ids(msgspec.to_builtins(condition))


def _follow(condition: Condition, within: tuple[str, ...]) -> None:
    for name in saved_names(condition):
        one = found(name)
        if one is None:
            raise QuestionError("name", N_("%(field)s: no segment “%(name)s” is saved."), name=name)
        if str(one.pk) in within:
            raise QuestionError(
                "name", N_("%(field)s: the segment “%(name)s” refers to itself."), name=one.title
            )
        _follow(read(one.condition), (*within, str(one.pk)))


def _by_ids(data: dict[str, Any]) -> dict[str, Any]:
    if data["is"] == "saved":
        return {**data, "name": str(found(data["name"]).pk)}
    if data["is"] in ("and", "or"):
        return {**data, "items": [_by_ids(item) for item in data["items"]]}
    return {**data, "item": _by_ids(data["item"])} if data["is"] == "not" else data


def is_empty(condition: Condition) -> bool:
    """Whether nothing is asked of anybody."""
    inside = parts(condition)
    return type(condition).__name__ in ("And", "Or", "Not") and all(map(is_empty, inside))
