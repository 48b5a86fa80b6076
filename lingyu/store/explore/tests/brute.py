"""Answers by trying everything: slow, short, and by another way than the kernels go.

Rows are (person, milliseconds, event); steps are names of events.
"""

from itertools import product


def by_person(rows) -> dict[str, list[tuple[int, str]]]:
    """Each person's (milliseconds, event)."""
    found: dict[str, list] = {}
    for person, at, event in rows:
        found.setdefault(person, []).append((at, event))
    return found


def level(events, steps, within, exclusions=()) -> int:
    """The most steps that some choice of events, one a step, takes in order, in time, and not excluded.

    `exclusions` are (event, after, before), counted from 1.
    """
    for size in range(len(steps), 0, -1):
        places = [[at for at, event in events if event == step] for step in steps[:size]]
        for times in product(*places):
            in_time = list(times) == sorted(times) and times[-1] - times[0] <= within
            if in_time and not any(_excluded(events, times, *exclusion) for exclusion in exclusions):
                return size
    return 0


def _excluded(events, times, event, after, before) -> bool:
    """Whether `event` lies strictly between two steps that follow one another from `after` to `before`."""
    for k in range(after, min(before, len(times))):
        if any(times[k - 1] < at < times[k] for at, name in events if name == event):
            return True
    return False


def strict_level(events, steps, within) -> int:
    """The most steps that events directly one after the other take; ties go by the step, others last."""
    order = {step: place for place, step in reversed(list(enumerate(steps)))}
    run = sorted(events, key=lambda e: (e[0], order.get(e[1], len(steps))))
    for size in range(len(steps), 0, -1):
        for begin in range(len(run) - size + 1):
            part = run[begin : begin + size]
            if [e for _at, e in part] == list(steps[:size]) and part[-1][0] - part[0][0] <= within:
                return size
    return 0


def any_level(events, steps, within) -> int:
    """The most different steps within one window."""
    windows = [{e for at, e in events if begin <= at <= begin + within} for begin, _event in events]
    return max((len(done & set(steps)) for done in windows), default=0)


def reached(levels, steps: int) -> list[int]:
    """How many got to each step."""
    return [sum(level >= step for level in levels) for step in range(1, steps + 1)]
