"""Filter expressions are read as written, or refused with the place of the fault."""

from decimal import Decimal

import pytest

from lingyu.kernel.filters import All, Any, Compare, FilterError, In, IsNull, Not, both, fields_of, parse


def test_and_binds_tighter_than_or_and_not_tighter_than_and():
    assert parse("a = 1 or b = 2 and not c = 3") == Any(
        (Compare("a", "=", 1), All((Compare("b", "=", 2), Not(Compare("c", "=", 3)))))
    )


def test_parentheses_regroup():
    assert parse("(a = 1 or b = 2) and c = 3") == All(
        (Any((Compare("a", "=", 1), Compare("b", "=", 2))), Compare("c", "=", 3))
    )


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("shop = 'O''Reilly'", Compare("shop", "=", "O'Reilly")),
        ("店铺 = '旗舰店'", Compare("店铺", "=", "旗舰店")),
        ("amount >= -1.50", Compare("amount", ">=", Decimal("-1.50"))),
        ("a <> 1", Compare("a", "!=", 1)),
        ("a in ('x', 'y')", In("a", ("x", "y"))),
        ("a not in (1)", Not(In("a", (1,)))),
        ("a is null", IsNull("a")),
        ("a IS NOT NULL", Not(IsNull("a"))),
        ("a contains 'b'", Compare("a", "contains", "b")),
        ("matched = true", Compare("matched", "=", True)),
        ("   ", None),
    ],
)
def test_each_form_reads_as_its_tree(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "a = ",
        "= 1",
        "a = 1 and",
        "a = b",
        "a in ()",
        "(a = 1",
        "a = 1)",
        "a like 'x'",
        "a = 'open",
        "a is 3",
        "a ~ 1",
        "a = 1; drop table x",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_message_for_people(text):
    with pytest.raises(FilterError) as caught:
        parse(text)
    assert "Filter" in str(caught.value)


def test_fields_and_conjunctions_are_found():
    expr = both(None, parse("a = 1 or not b in (2)"), parse("c is null"))
    assert fields_of(expr) == {"a", "b", "c"}
    assert both(None, None) is None
