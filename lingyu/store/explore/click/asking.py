"""From a question to its answer in ClickHouse, whatever its kind.

Holds which function answers what.
"""

from lingyu.kernel.questions import Answer, Question, Segment

from ..segments import Shelf, nothing_saved
from .activity import lifecycle, stickiness
from .attribution import attribution
from .funnels import funnel
from .paths import paths
from .people import chosen
from .retention import retention
from .revenue import revenue
from .segments import segment
from .source import ClickFacts
from .survival import survival
from .trends import trend

ANSWERS = {
    "trend": trend,
    "funnel": funnel,
    "retention": retention,
    "lifecycle": lifecycle,
    "stickiness": stickiness,
    "paths": paths,
    "survival": survival,
    "attribution": attribution,
    "revenue": revenue,
}


def answer(asked: Question, source: ClickFacts, saved: Shelf | None = None) -> Answer:
    """The answer to a question. `saved` finds the condition of a segment by its name.

    Raises Uncompiled for what has no SQL here, and QuestionError for what can't be asked at all.
    """
    shelf = saved or nothing_saved
    if isinstance(asked, Segment):
        return segment(asked, source, shelf)
    kind = type(asked).__struct_config__.tag
    return ANSWERS[kind](asked, source, chosen(asked.among, source, shelf))
