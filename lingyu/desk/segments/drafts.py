"""A condition while it is built: a tree of what was typed, which need not make sense yet.

Read from a form whose fields are named by their place in the tree (`r`, `r.0`, `r.0.1`), changed by the
form's buttons, and made to a condition. So the builder needs no script: each button sends the whole form.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lingyu.kernel.query import Period
from lingyu.kernel.questions import (
    ANY,
    And,
    Condition,
    Did,
    Latest,
    Not,
    Or,
    QuestionError,
    Saved,
    Sequence,
    Step,
    span,
    span_text,
)
from lingyu.kernel.questions.people import DEEPEST
from lingyu.kernel.text import N_

from . import wheres
from .wheres import Row

ROOT = "r"
GROUPS, LEAVES = ("and", "or"), ("did", "sequence", "latest", "saved")
# A form that is longer than this was not made by the builder.
MANY = 40


@dataclass
class Typed:
    """An event and conditions on its properties, as typed."""

    event: str = ""
    rows: list[Row] = field(default_factory=list)
    further: str = ""

    def step(self) -> Step:
        """As questions have it. Raises QueryError or FilterError."""
        return Step(self.event.strip() or ANY, wheres.as_text(self.rows, self.further))


@dataclass
class Node:
    """One condition, as typed. `kind` is a condition's tag; groups have `items`, others `steps`."""

    kind: str = "and"
    negated: bool = False
    items: list["Node"] = field(default_factory=list)
    steps: list[Typed] = field(default_factory=list)
    at_least: str = "1"
    at_most: str = ""
    within: str = "7d"
    window: str = "all"
    last: str = "30"
    first_day: str = ""
    last_day: str = ""
    name: str = ""

    def condition(self) -> Condition:
        """What it says. Raises QueryError or FilterError where it makes no sense."""
        made = self._plain()
        return Not(item=made) if self.negated else made

    def _plain(self) -> Condition:
        match self.kind:
            case "and" | "or":
                items = tuple(item.condition() for item in self.items)
                return And(items=items) if self.kind == "and" else Or(items=items)
            case "did":
                least, most = _whole("at_least", self.at_least), self.at_most.strip()
                most = _whole("at_most", most) if most else None
                return Did(step=self.steps[0].step(), at_least=least, at_most=most, **self._when())
            case "sequence":
                steps = tuple(typed.step() for typed in self.steps)
                return Sequence(steps=steps, within=span(self.within), **self._when())
            case "latest":
                return Latest(where=wheres.as_text(self.steps[0].rows, self.steps[0].further))
        return Saved(name=self.name)

    def _when(self) -> dict:
        if self.window == "last":
            return {"last": _whole("last", self.last)}
        if self.window == "period":
            return {"period": Period(_day("period", self.first_day), _day("period", self.last_day))}
        return {}

    def walk(self, path: str = ROOT) -> Iterator[tuple[str, "Node"]]:
        """Every node with its place."""
        yield path, self
        for place, item in enumerate(self.items):
            yield from item.walk(f"{path}.{place}")


def new(kind: str) -> Node:
    """A condition of a kind, with as many empty steps as it needs; a group with a first condition in it."""
    if kind in GROUPS:
        return Node(kind=kind, items=[new("did")])
    steps = {"sequence": 2, "did": 1, "latest": 1}.get(kind, 0)
    rows = [Row()] if kind == "latest" else []
    return Node(kind=kind, steps=[Typed(rows=list(rows)) for _number in range(steps)])


def draft_of(asked: Condition) -> Node:
    """A condition as the form shows it; what it says is the same."""
    match asked:
        case And(items=items) | Or(items=items):
            kind = "and" if isinstance(asked, And) else "or"
            return Node(kind=kind, items=[draft_of(item) for item in items])
        case Not(item=item):
            inner = draft_of(item)
            if inner.negated:
                return Node(kind="and", negated=True, items=[inner])
            inner.negated = True
            return inner
        case Did():
            most = "" if asked.at_most is None else str(asked.at_most)
            typed = [_typed(asked.step)]
            return Node("did", steps=typed, at_least=str(asked.at_least), at_most=most, **_window(asked))
        case Sequence():
            steps = [_typed(step) for step in asked.steps]
            return Node("sequence", steps=steps, within=span_text(asked.within), **_window(asked))
        case Latest(where=where):
            return Node("latest", steps=[Typed("", *wheres.as_rows(where))])
        case Saved(name=name):
            return Node("saved", name=name)
    raise TypeError(f"no condition: {asked!r}")


def root_of(asked: Condition) -> Node:
    """The same as a form begins: always with a group, into which more can be put."""
    found = draft_of(asked)
    return found if found.kind in GROUPS else Node(kind="and", items=[found])


def at(root: Node, path: str) -> Node | None:
    """The node of a place."""
    return dict(root.walk()).get(path)


def changed(root: Node, deed: str) -> None:
    """Do to a draft what a button says: `add:PLACE:KIND`, `remove:PLACE`, `row:PLACE:STEP`,
    `unrow:PLACE:STEP:ROW`, `step:PLACE`, `unstep:PLACE:STEP`; anything else changes nothing.
    """
    verb, _colon, rest = deed.partition(":")
    path, *more = rest.split(":")
    node = at(root, path)
    if node is None:
        return
    numbers = [int(one) for one in more if one.isascii() and one.isdigit() and len(one) < 4]
    match verb, numbers:
        case "add", [] if more and more[0] in (*GROUPS, *LEAVES) and path.count(".") < DEEPEST - 2:
            node.items.append(new(more[0]))
        case "remove", [] if path != ROOT:
            above, _dot, place = path.rpartition(".")
            at(root, above).items.pop(int(place))
        case "step", []:
            node.steps.append(Typed())
        case "unstep", [step] if step < len(node.steps):
            node.steps.pop(step)
        case "row", [step] if step < len(node.steps):
            node.steps[step].rows.append(Row())
        case "unrow", [step, row] if step < len(node.steps) and row < len(node.steps[step].rows):
            node.steps[step].rows.pop(row)


def sent(form, path: str = ROOT) -> Node:
    """The draft that a form holds, read by the names of its fields; `form` is a QueryDict."""
    kind = form.get(f"{path}.is", "and")
    node = Node(
        kind=kind if kind in (*GROUPS, *LEAVES) else "and", negated=form.get(f"{path}.not", "") == "1"
    )
    for name in ("at_least", "at_most", "within", "window", "last", "first_day", "last_day", "name"):
        setattr(node, name, form.get(f"{path}.{name}", getattr(node, name))[:200])
    if node.kind in GROUPS:
        node.items = [sent(form, place) for place in _places(form, path, "is")]
    else:
        node.steps = [_sent_step(form, place) for place in _places(form, path, "event")]
        node.steps = node.steps or new(node.kind).steps
    return node


def _places(form, path: str, tell: str) -> list[str]:
    found = []
    while len(found) < MANY and path.count(".") < DEEPEST and f"{path}.{len(found)}.{tell}" in form:
        found.append(f"{path}.{len(found)}")
    return found


def _sent_step(form, path: str) -> Typed:
    rows = []
    while len(rows) < MANY and (name := f"{path}.w{len(rows)}") + ".field" in form:
        rows.append(Row(*(form.get(f"{name}.{part}", "")[:500] for part in Row._fields)))
    return Typed(form.get(f"{path}.event", "")[:200], rows, form.get(f"{path}.further", "")[:2_000])


def _typed(step: Step) -> Typed:
    return Typed("" if step.event == ANY else step.event, *wheres.as_rows(step.where))


def _window(asked: Did | Sequence) -> dict[str, str]:
    if asked.last is not None:
        return {"window": "last", "last": str(asked.last)}
    if asked.period:
        return {
            "window": "period",
            "first_day": asked.period.start.isoformat(),
            "last_day": asked.period.end.isoformat(),
        }
    return {}


def _whole(name: str, text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise QuestionError(name, N_("%(field)s: “%(text)s” is no whole number."), text=text)
    return int(text)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionError(name, N_("%(field)s: give the first and the last day.")) from None
