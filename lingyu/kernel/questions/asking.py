"""Questions to JSON and back; their canonical text, by whose hash a number can be told from another's.

Holds no kind of question.
"""

import hashlib
from typing import Any, Union

import msgspec

from ..filters import FilterError
from ..query import QueryError
from ..text import N_
from .money import Revenue
from .parts import QuestionError
from .people import Segment
from .shapes import (
    Attribution,
    Funnel,
    Lifecycle,
    Paths,
    Retention,
    Stickiness,
    Survival,
    Trend,
)

Question = Union[  # noqa: UP007 - msgspec reads the members of it
    Trend, Funnel, Retention, Lifecycle, Stickiness, Paths, Survival, Attribution, Revenue, Segment
]
_DECODER = msgspec.json.Decoder(Question)


def question(text: bytes | str) -> Question:
    """The question that JSON says. Raises QuestionError that names the field and what is wrong with it."""
    try:
        return _DECODER.decode(text)
    except msgspec.DecodeError as error:
        raise _explained(error) from None


def question_from(data: Any) -> Question:
    """The same of what JSON was decoded to: dicts, lists, texts and numbers."""
    try:
        return msgspec.convert(data, Question)
    except msgspec.ValidationError as error:
        raise _explained(error) from None


def canonical(asked: Question) -> bytes:
    """The question as one text: keys sorted, defaults written out."""
    return msgspec.json.encode(asked, order="sorted")


def definition_hash(asked: Question) -> str:
    """SHA-256 of the canonical text, in hexadecimal digits."""
    return hashlib.sha256(canonical(asked)).hexdigest()


def _explained(error: msgspec.DecodeError) -> QueryError | FilterError:
    """What the question's own checks said, else where it stopped being a question."""
    cause = error.__cause__
    if isinstance(cause, QuestionError | QueryError | FilterError):
        return cause
    reason, _, place = str(error).partition(" - at `")
    field = place.rstrip("`").removeprefix("$").lstrip(".") or "question"
    return QuestionError(field, N_("%(field)s: %(reason)s."), reason=reason)
