"""From a question to its answer, whatever its kind.

Holds which function answers what. The parts that compile loops are imported when they are first asked.
"""

from importlib import import_module

from lingyu.kernel.questions import Answer, Question, Segment

from .sequences import Sequences

# kind: (module, function)
ANSWERS = {
    "trend": ("trends", "trend"),
    "funnel": ("funnels", "funnel"),
    "retention": ("retention", "retention"),
    "lifecycle": ("activity", "lifecycle"),
    "stickiness": ("activity", "stickiness"),
    "paths": ("paths", "paths"),
    "survival": ("survival", "survival"),
    "attribution": ("attribution", "attribution"),
    "revenue": ("revenue", "revenue"),
}


def answer(asked: Question, source: Sequences, saved=None) -> Answer:
    """The answer to a question. `saved` finds the condition of a segment by its name.

    Raises QuestionError for what can't be asked of this source.
    """
    segments = import_module(".segments", __package__)
    shelf = saved or segments.nothing_saved
    if isinstance(asked, Segment):
        return segments.segment(asked, source, shelf)
    among = None if asked.among is None else segments.people(asked.among, source, shelf)
    module, name = ANSWERS[type(asked).__struct_config__.tag]
    return getattr(import_module("." + module, __package__), name)(asked, source, among)
