"""The same question by other ways: the API, the command line; ready to copy.

Holds the texts of commands. That each asks the very same is shown by the tests.
"""

import shlex
from typing import Any, NamedTuple

import msgspec

from lingyu.kernel.questions import ANY, Question, canonical
from lingyu.store.explore.options import KINDS

from .asking import Asked
from .fields import Length, Windows


class Ways(NamedTuple):
    """The question as JSON, and the commands that ask it; `command` is empty for what no option says."""

    json: str
    curl: str
    command: str


def ways(asked: Asked, site: str) -> Ways:
    """How else to ask this. `site` is the address of the house, with a slash at its end."""
    text = canonical(asked.question)
    address = f"{site}api/v1/explore/{asked.kind.code}"
    curl = (
        f"curl -X POST {shlex.quote(address)} \\\n"
        '  -H "Authorization: Bearer $LINGYU_TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        f"  -d {shlex.quote(text.decode())}"
    )
    return Ways(msgspec.json.format(text, indent=2).decode(), curl, shlex.join(arguments(asked.question)))


def arguments(asked: Question) -> list[str]:
    """The words of `lingyu analyse` that ask this; none where it has no option for what is asked."""
    data = msgspec.json.decode(canonical(asked))
    kind = data["kind"]
    if data["among"] is not None or (kind == "attribution" and data["direct"] != _default(asked, "direct")):
        return []
    words = ["lingyu", "analyse", kind, "store"]
    if asked.period:
        words += ["--from", str(asked.period.start), "--to", str(asked.period.end)]
    for option in KINDS[kind].options:
        name = option.how.get("dest") or option.names[0].lstrip("-").replace("-", "_")
        for value in _said(kind, name, data):
            if value != str(option.how.get("default", "")):
                words += [option.names[0], value] if value != _FLAG else [option.names[0]]
    return words


# Of an option that takes no value.
_FLAG = "\0"


def _said(kind: str, name: str, data: dict[str, Any]) -> list[str]:
    """The values that an option is given."""
    if kind == "paths" and name in ("after", "before", "keep_repeats"):
        if name == "keep_repeats":
            return [] if data["collapse"] else [_FLAG]
        step = _step(data["step"])
        return [step] if name == data["direction"] and (step != ANY or name == "before") else []
    if kind == "funnel" and name in ("steps", "step", "exclude"):
        return {"steps": [], "step": [_step(s) for s in data["steps"]], "exclude": _excluded(data)}[name]
    return _plain(name, data[name])


def _plain(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, dict):
        return [_step(value)]
    if name in ("within", "gap", "lookback"):
        return [Length(name=name, label="").written(value)]
    if name == "windows":
        return [Windows(name=name, label="").written(value).replace(" ", "")]
    return [",".join(value)] if isinstance(value, list) else [str(value)]


def _step(data: dict[str, str]) -> str:
    event, where = data.get("event", ANY), data.get("where", "")
    return f"{event} where {where}" if where else event


def _excluded(data: dict[str, Any]) -> list[str]:
    return [f"{_step(x['step'])}@{x.get('after', 1)}-{x.get('before', 0)}" for x in data["exclusions"]]


def _default(asked: Question, name: str) -> Any:
    return next(list(f.default) for f in msgspec.structs.fields(type(asked)) if f.name == name)
