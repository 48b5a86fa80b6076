"""Answers to machines: JSON, and of what is refused `{code, field, message}` with its status."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was refused: a code for machines, the field if one is at fault, words for people."""

    code: str
    message: str
    field: str | None = None


class Refused(Exception):
    """The request gets `status` and a Fault."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None, **headers: str):
        self.status, self.headers = status, headers
        self.fault = Fault(code=code, message=message, field=field)
        super().__init__(message)

    def answer(self) -> HttpResponse:
        """As the machine gets it."""
        said = as_json(self.fault, self.status)
        for name, value in self.headers.items():
            said[name.replace("_", "-")] = value
        return said


def as_json(value: Any, status: int = 200) -> HttpResponse:
    """What msgspec can write, never kept by caches on the way."""
    said = HttpResponse(msgspec.json.encode(value), content_type="application/json", status=status)
    said["Cache-Control"] = "no-store"
    return said


def refused(error: Exception) -> Refused:
    """What a question's own checks said, as a refusal of the field at fault."""
    message = _(error.message) % {**error.params}
    return Refused(400, "question", message, getattr(error, "field", "where"))
