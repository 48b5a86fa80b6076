"""A person's events, folded into how far they came: SQL for one expression over the array `found`.

`found` holds (t, mask), in no order; the expression gives [(step from 0, milliseconds since the start)], one
for each time that somebody reaches a step (for the first time, when people are counted). `t` counts from
before the first day, so that a start of 0, never, is out of the window. The three folds are the kernels of
`explore.funnel_kernels`, and their words are used here. Holds no statement.
"""

from lingyu.kernel.questions import Funnel

_TOOK = "CAST([], 'Array(Tuple(UInt8, Int64))')"


def fold(asked: Funnel, within: int) -> str:
    """The expression for the order that is asked for; `within` in milliseconds."""
    steps, entries = len(asked.steps), asked.counting == "entries"
    if asked.order == "any":
        return _any(steps, within)
    if asked.order == "strict":
        return _strict(steps, within, entries)
    spans = [(x.after - 1, (x.before or steps) - 2) for x in asked.exclusions]
    return _ordered(steps, within, entries, spans)


def _none(steps: int) -> str:
    return f"arrayMap(i -> toInt64(0), range({steps}))"


def _counts(begun: str, counted: str, entries: bool) -> str:
    """Whether a step reached from `begun` is one more: later starts count again only as entries."""
    return f"{begun} > {counted}" + ("" if entries else f" AND {counted} = 0")


def _ordered(steps: int, within: int, entries: bool, spans: list[tuple[int, int]]) -> str:
    """One element (t, bit) after the other, lower bits first: step `bit`, or exclusion `bit - steps`.

    The state is, by step: the latest start, when it was reached from there, the start last counted; and took.
    """
    begun = "if(x.2 = 0, x.1, acc.1[x.2])"
    reached = f"(x.2 < {steps} AND x.1 - {begun} <= {within})"
    excluded = "".join(
        f", x.2 = {steps + place} AND i BETWEEN {low} AND {high} AND r < x.1, toInt64(0)"
        for place, (low, high) in enumerate(spans)
    )
    more = f"{reached} AND {_counts(begun, 'acc.3[x.2 + 1]', entries)}"
    elements = (
        "arraySort(arrayFlatten(arrayMap(e -> arrayMap(k -> (e.1, toUInt8(k)), bitPositionsToArray(e.2)), "
        "found)))"
    )
    return (
        "arrayFold((acc, x) -> ("
        f"arrayMap((b, r, i) -> multiIf(i = x.2 AND {reached}, {begun}{excluded}, b), "
        f"acc.1, acc.2, range({steps})), "
        f"arrayMap((r, i) -> if(i = x.2 AND {reached}, x.1, r), acc.2, range({steps})), "
        f"arrayMap((c, i) -> if(i = x.2 AND {more}, {begun}, c), acc.3, range({steps})), "
        f"if({more}, arrayPushBack(acc.4, (x.2, x.1 - {begun})), acc.4)), "
        f"{elements}, ({_none(steps)}, {_none(steps)}, {_none(steps)}, {_TOOK})).4"
    )


def _strict(steps: int, within: int, entries: bool) -> str:
    """One event after the other; attempts that wait for it go on, all others are over.

    Within a moment lower steps come first, and what is no step last.
    """
    lowest = f"if(bitAnd(e.2, {(1 << steps) - 1}) = 0, {steps}, bitPositionsToArray(e.2)[1])"
    begun = (
        f"arrayMap((b, i) -> if(bitTest(x.3, i) AND x.1 - b <= {within}, b, toInt64(0)), "
        f"arrayPushFront(arrayPopBack(acc.1), x.1), range({steps}))"
    )
    more = f"({_counts('b', 'c', entries)})"
    return (
        "arrayFold((acc, x) -> arrayMap(begun -> ("
        f"begun, arrayMap((b, c) -> if({more}, b, c), begun, acc.2), "
        "arrayConcat(acc.3, arrayMap(y -> (y.1, x.1 - y.2), arrayFilter(y -> y.3, "
        f"arrayMap((i, b, c) -> (toUInt8(i), b, {more}), range({steps}), begun, acc.2))))), [{begun}])[1], "
        f"arraySort(arrayMap(e -> (e.1, toUInt8({lowest}), e.2), found)), "
        f"({_none(steps)}, {_none(steps)}, {_TOOK})).3"
    )


def _any(steps: int, within: int) -> str:
    """One moment after the other, each once in `found`: the state is when each step was last done, the most
    reached, and took.
    """
    done = f"arrayMap((b, i) -> if(bitTest(x.2, i), x.1, b), acc.1, range({steps}))"
    recent = f"toUInt8(arrayCount(b -> x.1 - b <= {within}, done))"
    kept = f"if(bitShiftRight(x.2, {steps}) > 0, arrayMap(b -> if(b < x.1, toInt64(0), b), done), done)"
    return (
        "arrayFold((acc, x) -> arrayMap(done -> ("
        f"{kept}, greatest(acc.2, {recent}), arrayConcat(acc.3, arrayMap(l -> "
        "(toUInt8(l), x.1 - arrayReverseSort(done)[l + 1]), "
        f"range(toUInt64(acc.2), toUInt64(greatest(acc.2, {recent})))))), [{done}])[1], "
        f"arraySort(found), ({_none(steps)}, toUInt8(0), {_TOOK})).3"
    )
