"""The kinds of questions that a server of 2018 can answer, over `facts (person, at, day, event)`.

It has no DateTime64, no arrayFold, no window functions and no `-OrNull`: so funnels only in whole seconds and
without times, no paths, no attribution, and retention without the order within a unit. Distincts are exact,
as in `lingyu.store.explore.click`. Holds text.
"""

DAY = "SELECT day, {number} FROM facts WHERE event = '{event}' GROUP BY day ORDER BY day"


def trend(event: str) -> str:
    """(day, events)."""
    return DAY.format(event=event, number="count()")


def active(event: str) -> str:
    """(day, people)."""
    return DAY.format(event=event, number="uniqExact(person)")


def stickiness(event: str) -> str:
    """(days, people who came on so many)."""
    return (
        "SELECT days, count() FROM (SELECT uniqExact(day) AS days FROM facts "
        f"WHERE event = '{event}' GROUP BY person) GROUP BY days ORDER BY days"
    )


def retention(start: str, back: str, count: int) -> str:
    """(day of the first start ever, size, how many came back after exactly 1, 2, … days)."""
    cells = ", ".join(f"countIf(has(returned, cohort + {n}))" for n in range(1, count + 1))
    return (
        f"SELECT cohort, count(), {cells} FROM (SELECT minIf(day, event = '{start}') AS cohort, "
        f"groupUniqArrayIf(day, event = '{back}') AS returned FROM facts GROUP BY person "
        f"HAVING countIf(event = '{start}') > 0) GROUP BY cohort ORDER BY cohort"
    )


def funnel(steps: list[str], seconds: int, origin: int) -> str:
    """(step reached, people); no fact is before `origin`, in seconds.

    Its windowFunnel leaves events of one second in any order. So a second is stretched to as many as there
    are steps, and each event lies in it by its step: the window's end, stretched, takes in all of its second.
    """
    names, wide = ", ".join(f"'{step}'" for step in steps), len(steps)
    conditions = ", ".join(f"event = '{step}'" for step in steps)
    at = f"toDateTime(toUInt32((toUInt32(at) - {origin}) * {wide} + indexOf([{names}], event)))"
    return (
        f"SELECT level, count() FROM (SELECT windowFunnel({seconds * wide + wide - 1})({at}, {conditions}) "
        f"AS level FROM facts WHERE event IN ({names}) GROUP BY person) WHERE level > 0 "
        "GROUP BY level ORDER BY level"
    )
