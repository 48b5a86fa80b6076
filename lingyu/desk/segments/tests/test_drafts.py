"""Drafts: whatever condition there is, the form shows it, and what is read back from the form is the same."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from lingyu.desk.segments import drafts, wheres
from lingyu.desk.segments.wheres import Row
from lingyu.kernel import filters
from lingyu.kernel.questions import And, Did, Latest, Not, Or, Saved, Sequence, Step

WHERES = ["", "colour = 'red'", "amount > 100 and colour != 'red'", "a = 1 or b = 2", "not (a in ('x', 'y'))"]
WHERES += [
    "\"my name\" = 'O''Neil'",
    "zip = '007'",
    "a is null and b is not null",
    "b not contains 'x'",
    "n = '7'",
]
steps = st.builds(Step, st.sampled_from(["looked", "bought", "*any*"]), st.sampled_from(WHERES))
leaves = st.one_of(
    st.builds(Did, step=steps, at_least=st.integers(0, 5), last=st.sampled_from([None, 1, 30])),
    st.builds(Sequence, steps=st.tuples(steps, steps)),
    st.builds(Latest, where=st.sampled_from([w for w in WHERES if w])),
    st.builds(Saved, name=st.sampled_from(["A", "B"])),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, items=st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, items=st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, item=inner),
    ),
    max_leaves=8,
)


def as_form(root: drafts.Node) -> QueryDict:
    """A draft as a browser sends it."""
    form = QueryDict(mutable=True)
    for path, node in root.walk():
        form[f"{path}.is"], form[f"{path}.not"] = node.kind, "1" if node.negated else ""
        for name in ("at_least", "at_most", "within", "window", "last", "first_day", "last_day", "name"):
            form[f"{path}.{name}"] = getattr(node, name)
        for place, typed in enumerate(node.steps):
            form[f"{path}.{place}.event"] = typed.event
            form[f"{path}.{place}.further"] = typed.further
            for number, row in enumerate(typed.rows):
                for part, value in row._asdict().items():
                    form[f"{path}.{place}.w{number}.{part}"] = value
    return form


def meaning(condition):
    """A condition whose filters are trees, so that the same filter in other words is the same."""
    match condition:
        case And(items=(only,)) | Or(items=(only,)):
            return meaning(only)
        case And(items=items) | Or(items=items):
            return (type(condition).__name__, tuple(map(meaning, items)))
        case Not(item=item):
            return ("Not", meaning(item))
        case Did():
            return (
                condition.step.event,
                filters.parse(condition.step.where),
                condition.at_least,
                condition.last,
            )
        case Sequence(steps=found):
            return tuple((step.event, filters.parse(step.where)) for step in found)
        case Latest(where=where):
            return filters.parse(where)
    return condition


@given(conditions)
def test_a_form_says_what_the_condition_said(condition):
    root = drafts.draft_of(condition)
    assert meaning(drafts.sent(as_form(root)).condition()) == meaning(condition)


@given(st.text(max_size=60), st.text(max_size=30), st.sampled_from(wheres.COMPARISONS))
def test_no_value_that_is_typed_ends_its_own_quotes(field, value, op):
    try:
        tree = filters.parse(wheres.as_text([Row(field, op, value)]))
    except filters.FilterError:
        return
    assert tree is None or isinstance(tree, filters.Compare | filters.In | filters.IsNull | filters.Not)


@given(st.text(max_size=40))
def test_no_deed_breaks_a_draft(deed):
    root = drafts.Node(kind="and", items=[drafts.new("did"), drafts.new("sequence")])
    for verb in ("", "add:r:", "remove:", "row:r.0:", "unrow:r.0:0:", "step:r.1", "unstep:r.1:"):
        drafts.changed(root, verb + deed)
    assert list(root.walk())


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (Row("amount", ">", "100"), "amount > 100"),
        (Row("zip", "=", "007"), "zip = '007'"),
        (Row("my name", "=", "x"), "\"my name\" = 'x'"),
        (Row("colour", "in", "red,蓝"), "colour in ('red', '蓝')"),
        (Row("colour", "missing", "ignored"), "colour is null"),
    ],
)
def test_rows_read_as_people_mean_them(row, text):
    assert wheres.as_text([row]) == text
