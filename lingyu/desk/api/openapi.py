"""The API described as OpenAPI 3.1, out of the same structs that read questions and write answers.

Holds the addresses; every shape comes from msgspec (ADR 23), so what is described is what is checked.
"""

from functools import cache
from typing import Any, get_args

import msgspec

from lingyu import __version__
from lingyu.kernel.questions import Answer, Question

from ..segments.counting import Happened, Page
from .reading import KINDS, LIMIT, MOST, Told
from .saying import Fault

_REFUSALS = {
    "400": "What was asked makes no sense; `field` says where",
    "401": "No valid token",
    "403": "The token does not open this",
    "404": "There is no such thing",
    "405": "Another method",
    "429": "Too often; see `Retry-After`",
    "503": "The question took too long or too much memory",
}


class Segments(msgspec.Struct, frozen=True):
    """All saved segments."""

    segments: list[Told]


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    kinds = {kind.__struct_config__.tag: kind for kind in get_args(Question)}
    (answer, happened, segments, page, fault, *questions), shapes = msgspec.json.schema_components(
        [Answer, Happened, Segments, Page, Fault, *(kinds[kind] for kind in KINDS)],
        ref_template="#/components/schemas/{name}",
    )
    paths = {
        f"/api/v1/explore/{kind}": {"post": _asking(kind, asked, answer, fault, kinds[kind])}
        for kind, asked in zip(KINDS, questions, strict=True)
    }
    paths |= {
        "/api/v1/events": {"get": _getting("events", "What has happened, by name", happened, fault)},
        "/api/v1/segments": {"get": _getting("segments", "All saved segments", segments, fault)},
        "/api/v1/segments/{segment}/people": {
            "get": _getting("people", "The people of a segment", page, fault) | {"parameters": _PAGING}
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Lingyu", "version": __version__, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _said_once(shapes),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _said_once(shape: Any) -> Any:
    """The same without defaults of null: they say no more than leaving out does, and validators stumble."""
    if isinstance(shape, dict):
        return {
            name: _said_once(inner) for name, inner in shape.items() if (name, inner) != ("default", None)
        }
    return list(map(_said_once, shape)) if isinstance(shape, list) else shape


_ABOUT = "Questions of facts. A token is made at /desk/api/ and shown as “Authorization: Bearer lgy_…”."
_PAGING = [
    {"name": "segment", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
    {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    },
    {
        "name": "after",
        "in": "query",
        "description": "`next` of the page before",
        "schema": {"type": "integer"},
    },
]


def _asking(kind: str, asked: dict, answer: dict, fault: dict, struct: type) -> dict[str, Any]:
    summary = (struct.__doc__ or kind).split("\n\n")[0]
    said = _getting(f"explore_{kind}", " ".join(summary.split()), answer, fault)
    body = {"required": True, "content": {"application/json": {"schema": asked}}}
    return said | {"requestBody": body}


def _getting(name: str, summary: str, answer: dict, fault: dict) -> dict[str, Any]:
    def said(what: str, shape: dict) -> dict[str, Any]:
        return {"description": what, "content": {"application/json": {"schema": shape}}}

    refusals = {status: said(what, fault) for status, what in _REFUSALS.items()}
    return {"operationId": name, "summary": summary, "responses": {"200": said("Answer", answer), **refusals}}
