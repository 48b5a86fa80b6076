"""Examples of questions, made of a source's own events: what a newcomer sees first.

Holds for each kind a sentence (a msgid), what fills it, and the parameters that ask it.
"""

from collections.abc import Callable

from lingyu.kernel.text import N_

from .fields import Pairs
from .source import Known

Example = tuple[str, dict[str, str], Pairs]
# Properties that usually are a channel, the likeliest first.
CHANNELS = ("channel", "utm_source", "source", "utm_medium", "referrer")


def of_one(text: str) -> Callable[[Known], Example]:
    """An example that asks `text` of the event with which a day begins."""
    return lambda known: (text, {"one": known.names[0]}, [("step", known.names[0])])


def funnel(known: Known) -> Example:
    """From the event with which a day begins to the two commonest others."""
    steps = known.names[:3]
    text = N_(
        "Of those who do “%(one)s”, how many get to “%(two)s” within 7 days, and where are the others lost?"
    )
    return text, {"one": steps[0], "two": steps[-1]}, [("step", name) for name in steps]


def retention(known: Known) -> Example:
    """Any event after any first one."""
    text = N_(
        "Of those who came for the first time on a day, how many are back a day, a week, a month later?"
    )
    return text, {}, []


def survival(known: Known) -> Example:
    """Any sign of life; a silence short enough for a young history."""
    text = N_("After how many days has half of those who came gone for good?")
    return text, {}, [("silence", "14")]


def attribution(known: Known) -> Example:
    """The rarest event, which usually is the one that counts, by the likeliest channel."""
    text = N_("Which channels does “%(one)s” go back to, by first touch, by last, and shared?")
    channel = next((name for name in CHANNELS if name in known.properties), CHANNELS[0])
    return text, {"one": known.names[-1]}, [("conversion", known.names[-1]), ("property", channel)]


def trend(known: Known) -> Example:
    """How many people do the event with which a day begins."""
    text = N_("How many people did “%(one)s” on each day, and is that more than before?")
    return text, {"one": known.names[0]}, [("step", known.names[0]), ("measure", "people")]
