"""From an address to a question, and back: the whole question is in it, so that it can be kept and sent.

Holds the period (relative ones move along with time), the steps' buttons, and which field an error is
about. Counts nothing.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from lingyu.kernel.query import Period, QueryError
from lingyu.kernel.questions import Question, canonical, question_from

from .fields import Choice, Field, Pairs, Several
from .kinds import Kind
from .source import Known
from .steps import Steps, rows

# The periods offered by name: how many days, up to the last one.
PRESETS = {"7d": 7, "30d": 30, "90d": 90, "365d": 365}
DEFAULT = "30d"
# More rows than any question has.
MANY = 1_000
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Asked:
    """A question as an address asks it: what was given, the question if it makes sense, else what is wrong.

    `errors` by the field's name, `""` for what belongs to none. `example` is the sentence that an example
    asks. `period` is that of the question; `moved` says that it ends earlier than today because nothing
    newer has come in.
    """

    kind: Kind
    params: QueryDict
    period: Period
    preset: str = DEFAULT
    compare: bool = True
    moved: bool = False
    question: Question | None = None
    errors: dict[str, str] = field(default_factory=dict)
    example: str = ""

    @property
    def before(self) -> Question | None:
        """The same question of the period before, if that is compared."""
        if not (self.compare and self.kind.compares and self.question):
            return None
        return msgspec.structs.replace(self.question, period=self.period.previous())

    def value(self, about: Field) -> str:
        """What a field of one value shows: what was given, else what goes without saying."""
        if about.name in self.params:
            return self.params.get(about.name, "")
        return dict(about.write(_defaults(self.kind))).get(about.name, "")

    def values(self, about: Field) -> list[str]:
        """What a field of several values shows."""
        return self.params.getlist(about.name) or [v for _name, v in about.write(_defaults(self.kind))]

    def rows(self, *names: str) -> list[tuple[str, ...]]:
        """Rows as they were given, empty ones too."""
        return rows(self.params, *names)

    def given(self, about: Field) -> bool:
        """Whether a field says anything but what goes without saying, or is wrong."""
        plain = about.write(_defaults(self.kind))
        names = {name for name, _value in plain} | ({"not"} if about.shape == "exclusions" else {about.name})
        said = {(name, v) for name in names for v in self.params.getlist(name) if v or name == "not"}
        return about.name in self.errors or bool(said - set(plain))

    def options(self, about: Choice) -> list[tuple[str, str]]:
        """What a choice offers, in the reader's language."""
        return [(value, _(text)) for value, text in about.options]

    def required(self, about: Field) -> bool:
        """Whether a property has to be named."""
        return about.name in _defaults(self.kind) and bool(_defaults(self.kind)[about.name])

    def pairs(self) -> Pairs:
        """The question as parameters, in the order of the form; what goes without saying is left out."""
        if self.question is None:
            given = [(key, value) for key, values in self.params.lists() for value in values]
            return [(k, v) for k, v in given if k not in ("do", "period", "from", "to", "compare") and v]
        return written(self.kind, msgspec.json.decode(canonical(self.question)))

    def frame(self) -> Pairs:
        """The period and the comparison as parameters."""
        return framed(self.preset, self.period, self.compare or not self.kind.compares)

    @property
    def address(self) -> str:
        """All of it as the query string of an address."""
        return urlencode(self.pairs() + self.frame())

    def steps(self) -> list[str]:
        """The names of the events that the question is about."""
        names = (f.name for f in self.kind.fields if f.shape in ("step", "steps"))
        given = [v for name in names for v in self.params.getlist("step" if name == "steps" else name)]
        return [name for name in given if name and name != "*any*"]

    def other(self, kind: Kind) -> str:
        """The query string that asks another kind of the same events and days."""
        events = self.steps() if not self.example else []
        fields = [f for f in kind.fields if f.shape in ("step", "steps")]
        if any(f.shape == "steps" for f in fields):
            kept = [("step", name) for name in events] if len(events) > 1 else []
        else:
            kept = [(fields[0].name, events[0])] if events and fields[0].name == "step" else []
        return urlencode(kept + self.frame())


def written(kind: Kind, data: dict[str, Any]) -> Pairs:
    """A question's JSON as parameters; what is as the question's defaults have it is left out."""
    pairs: Pairs = []
    for f in kind.fields:
        given, plain = f.write(data), f.write(_defaults(kind))
        if isinstance(f, Steps) or (isinstance(f, Several) and given != plain):
            pairs += given
        elif not isinstance(f, Several):
            pairs += [pair for pair in given if pair not in plain and pair[1] != ""]
    return pairs


def framed(preset: str, period: Period, compare: bool) -> Pairs:
    """Period and comparison as parameters."""
    days = [("from", str(period.start)), ("to", str(period.end))] if preset == "custom" else []
    return [("period", preset), *days] + ([] if compare else [("compare", "no")])


def read(kind: Kind, params: QueryDict, known: Known, today: date) -> Asked:
    """What an address asks; an address that asks nothing is given an example of the source's own events."""
    example = ""
    if known.names and not any(name not in ("period", "from", "to", "compare") for name in params):
        text, names, pairs = kind.example(known)
        params, example = _with(params, pairs), _(text) % names
    params = edited(params)
    period, preset, moved = _period(params, known.last, today)
    frame = {"kind": kind, "params": params, "period": period, "preset": preset, "moved": moved}
    frame |= {"compare": params.get("compare") != "no", "example": example}
    try:
        data = {k: v for f in kind.fields for k, v in f.read(params).items()}
        return Asked(**frame, question=question_from({"kind": kind.code, "period": period} | data))
    except QueryError as error:
        return Asked(**frame, errors=dict([_told(kind, error)]))


def edited(params: QueryDict) -> QueryDict:
    """The parameters after the button that was pressed: a row added, dropped, moved up or down.

    A button's value is the deed and where: add, drop.1, up.2, down.0; add-not and drop-not.0 for exclusions.
    """
    deed, _dot, at = params.get("do", "").partition(".")
    deed, _dash, about = deed.partition("-")
    names = ("not", "not_after", "not_before") if about else ("step", "step_where")
    changed = params.copy()
    changed.pop("do", None)
    if deed not in ("add", "drop", "up", "down"):
        return changed
    number, length = int(at) if at.isdigit() else MANY, len(params.getlist(names[0]))
    for name in names:
        if name != names[0] and not any(params.getlist(name)):
            changed.pop(name, None)
            continue
        values = (params.getlist(name) + [""] * length)[:length]
        if deed == "add":
            values.append("")
        elif number < length:
            value = values.pop(number)
            if deed != "drop":
                values.insert(max(0, number + (-1 if deed == "up" else 1)), value)
        changed.setlist(name, values)
    return changed


def plain(params: QueryDict) -> str:
    """Parameters as a query string, without the empty ones that are not rows."""
    rows = ("step", "step_where", "not", "not_after", "not_before")
    return urlencode([(k, v) for k, vs in params.lists() for v in vs if v or k in rows])


def _with(params: QueryDict, pairs: Pairs) -> QueryDict:
    changed = params.copy()
    for name in dict(pairs):
        changed.setlist(name, [value for key, value in pairs if key == name])
    return changed


def _defaults(kind: Kind) -> dict[str, Any]:
    """What a question of this kind says if nothing is chosen."""
    fields = msgspec.structs.fields(kind.question)
    return {f.name: msgspec.to_builtins(f.default) for f in fields if f.default is not msgspec.NODEFAULT}


def _period(params: QueryDict, last: date | None, today: date) -> tuple[Period, str, bool]:
    start, end = _day(params.get("from")), _day(params.get("to"))
    asked = params.get("period", "custom" if start and end else DEFAULT)
    if asked == "custom" and start and end:
        return Period(min(start, end), max(start, end)), "custom", False
    preset = asked if asked in PRESETS else DEFAULT
    days = PRESETS[preset]
    # A source whose last fact is long ago is shown its last days, not an empty month.
    moved = last is not None and last <= today - timedelta(days=days)
    end = last if moved else today
    return Period(end - timedelta(days=days - 1), end), preset, moved


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def _told(kind: Kind, error: QueryError) -> tuple[str, str]:
    """The field that an error is about, and the error in the reader's language."""
    place = getattr(error, "field", "")
    name = place if ".where" in place or "_where" in place else place.partition("[")[0].partition(".")[0]
    about: Field | None = kind.field(name)
    called = {"field": _(about.label)} if about else {}
    text = _(error.message) % (error.params | called)
    return (name if about or "_where" in name else ""), text
