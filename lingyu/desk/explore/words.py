"""What each word of a question means, in whole sentences with the question's own values.

Holds texts. They say what `lingyu.kernel.questions` defines; the numbers beside them are counted so.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lingyu.kernel.questions import (
    ANY,
    Attribution,
    Funnel,
    Lifecycle,
    Paths,
    Question,
    Retention,
    Saved,
    Step,
    Stickiness,
    Survival,
    Trend,
)

from ..segments import shelf
from .drawings.parts import duration, named

Meaning = tuple[str, str]


def called(step: Step) -> str:
    """A step as people read it."""
    name = _("any event") if step.event == ANY else _("“%(name)s”") % {"name": step.event}
    return name if step.bare else _("%(event)s where %(filter)s") % {"event": name, "filter": step.where}


def headline(asked: Question) -> str:
    """A question in one line: what stands over its answer."""
    match asked:
        case Funnel():
            return " → ".join(map(_short, asked.steps))
        case Retention():
            return f"{_short(asked.start)} → {_short(asked.back)}"
        case Survival():
            return _short(asked.start)
        case Attribution():
            return f"{_short(asked.conversion)} ← {asked.property}"
    by = getattr(asked, "by", "")
    return _short(asked.step) + (f" · {by}" if by else "")


def _short(step: Step) -> str:
    return named(step.event) + ("" if step.bare else f" · {step.where}")


def meanings(asked: Question) -> Iterator[Meaning]:
    """(word, what it means) for everything that the question says."""
    match asked:
        case Trend():
            yield from _trend(asked)
        case Funnel():
            yield from _funnel(asked)
        case Retention():
            yield from _retention(asked)
        case Lifecycle():
            yield from _lifecycle(asked)
        case Stickiness():
            yield _("People"), _("Who does %(step)s; each counts once a unit.") % {"step": called(asked.step)}
            yield (
                _("At least"),
                _("The share of people who came in that many units of the period, or in more."),
            )
        case Paths():
            yield from _paths(asked)
        case Survival():
            yield from _survival(asked)
        case Attribution():
            yield from _attribution(asked)
    if isinstance(asked.among, Saved) and (segment := shelf.found(asked.among.name)):
        yield (
            _("Only people of the segment"),
            _("%(title)s, as it is defined now.") % {"title": segment.title},
        )
    yield _("Calendar days"), _("Those of the site's time zone, the first and the last included.")
    yield _("Person"), _("Whoever was joined under several names is one; machines are left out.")


def _trend(asked: Trend) -> Iterator[Meaning]:
    measures = {
        "events": _("Every %(step)s counts."),
        "people": _(
            "Different people who do %(step)s; whoever comes twice counts once in each bucket, and once in "
            "all."
        ),
        "per_person": _("%(step)s, divided by the different people who do it."),
    }
    text = measures.get(
        asked.measure, _("Of the numeric property %(property)s of %(step)s; events without it are left out.")
    )
    yield _("Measure"), text % {"step": called(asked.step), "property": asked.property}
    if asked.by:
        yield (
            _("Broken down by"),
            _("The %(top)s values of %(by)s that most people have; all further ones are “Others”.")
            % {"by": asked.by, "top": asked.top},
        )


def _funnel(asked: Funnel) -> Iterator[Meaning]:
    orders = {
        "ordered": _(
            "Each step comes after the one before it; other events may lie between. Ties in time go by the "
            "order of the steps."
        ),
        "strict": _(
            "The steps follow one another directly, without any other event of the person between them."
        ),
        "any": _("All steps within the window, in whatever order: row 2 counts who did any two of them."),
    }
    yield _("In which order"), orders[asked.order]
    yield (
        _("Within"),
        _(
            "The last step comes at most %(within)s after the first, to the millisecond, both inside the "
            "period."
        )
        % {"within": duration(asked.within.total_seconds())},
    )
    if asked.counting == "people":
        yield _("Counting"), _("Each person once, at the farthest step ever reached by any attempt.")
    else:
        yield (
            _("Counting"),
            _("Each first step is an entry; what follows belongs to the latest entry before it."),
        )
    for exclusion in asked.exclusions:
        yield (
            _("Must not happen between"),
            _(
                "%(step)s strictly between step %(after)s and step %(before)s breaks the attempt; a later "
                "one may succeed."
            )
            % {
                "step": called(exclusion.step),
                "after": exclusion.after,
                "before": exclusion.before or len(asked.steps),
            },
        )
    yield _("Time taken"), _("From the first step of the attempt that counts; of those who reached the step.")


def _retention(asked: Retention) -> Iterator[Meaning]:
    cohorts = {
        "first_ever": _("Whoever does %(start)s for the first time of all history, not only of the period."),
        "in_window": _(
            "Whoever does %(start)s for the first time in the period; older members are in it, too."
        ),
        "every": _("Whoever does %(start)s in that unit; the same person may be in several cohorts."),
    }
    modes = {
        "exact": _("%(back)s in exactly that unit after the start."),
        "bounded": _("%(back)s in any unit from 1 up to that one."),
        "rolling": _("%(back)s in that unit or any later one, so far."),
    }
    yield _("Cohort"), cohorts[asked.cohort] % {"start": called(asked.start)}
    yield _("Counts as back"), modes[asked.mode] % {"back": called(asked.back)}
    yield _("Column 0"), _("The unit of the start itself: back again at the same moment or after it.")
    yield _("Open cells"), _("Their units are not over yet: unknown, and left out of the mean on both sides.")
    yield _("Weighted mean"), _("All who came back, divided by all members of the cohorts that are so far.")


def _lifecycle(asked: Lifecycle) -> Iterator[Meaning]:
    yield _("Active"), _("Does %(step)s in the bucket.") % {"step": called(asked.step)}
    yield _("New"), _("Active, and never before in all history.")
    yield _("Returning"), _("Active in this bucket and in the one before.")
    yield _("Resurrecting"), _("Active, not in the bucket before, but some time earlier.")
    yield _("Dormant"), _("Active in the bucket before, and not in this one; drawn below zero.")
    yield (
        _("How it balances"),
        _("Active = active before + new + resurrecting − dormant, exactly, in every bucket."),
    )


def _paths(asked: Paths) -> Iterator[Meaning]:
    yield (
        _("Session"),
        _("A person's events until nothing happens for longer than %(gap)s; midnight does not end it.")
        % {"gap": duration(asked.gap.total_seconds())},
    )
    if asked.direction == "after":
        yield (
            _("Path"),
            _("From the first %(step)s of a session onwards; each session is one path.")
            % {"step": called(asked.step)},
        )
    else:
        yield (
            _("Path"),
            _("Back from the last %(step)s of a session; each session is one path.")
            % {"step": called(asked.step)},
        )
    if asked.collapse:
        yield _("Repeats"), _("The same event several times in a row is one node.")


def _survival(asked: Survival) -> Iterator[Meaning]:
    yield (
        _("Start"),
        _("When a person does %(step)s for the first time of all history, if that lies in the period.")
        % {"step": called(asked.start)},
    )
    if asked.end:
        yield _("Lost"), _("When they first do %(step)s after the start.") % {"step": called(asked.end)}
    else:
        yield (
            _("Lost"),
            _(
                "When they last did %(step)s, if nothing has followed it for %(days)s days up to the end "
                "of the history."
            )
            % {"step": called(asked.step), "days": asked.silence},
        )
    yield (
        _("Censored"),
        _("Still there when the history ends: counted up to then, and not as staying for ever."),
    )
    yield (
        _("Curve"),
        _(
            "Kaplan–Meier, with Greenwood's variance; the band is the %(percent)s %% interval on the "
            "log-log scale."
        )
        % {"percent": f"{asked.confidence * 100:g}"},
    )


def _attribution(asked: Attribution) -> Iterator[Meaning]:
    yield _("Conversion event"), called(asked.conversion)
    yield (
        _("Touch"),
        _("%(step)s, at most %(lookback)s before the conversion, that moment included.")
        % {
            "step": called(asked.touch),
            "lookback": duration(asked.lookback.total_seconds()),
        },
    )
    yield (
        _("Direct"),
        _("Touches without %(property)s, or with one of: %(values)s.")
        % {
            "property": asked.property,
            "values": ", ".join(asked.direct),
        },
    )
    yield (
        _("No touch"),
        _("Conversions without any touch in the window; they stand apart and are not spread."),
    )
