"""What can be asked of facts: one frozen value a kind of question, the same in Python, in JSON and on a page.

Holds the questions, how they are read and written down, and the shape of every answer. Does not answer:
`lingyu.store.explore` does, and ClickHouse by SQL of its own. Times are whole milliseconds; days are those of
the source's time zone.
"""

from .answers import Answer, Caveat, Column
from .asking import Question, canonical, definition_hash, question, question_from
from .money import Revenue
from .parts import ANY, Exclusion, Grain, QuestionError, Span, Step, Unit, span, span_text
from .people import And, Condition, Did, Latest, Not, Or, Saved, Segment, Sequence, saved_names
from .shapes import (
    MODELS,
    Attribution,
    Funnel,
    Lifecycle,
    Paths,
    Retention,
    Stickiness,
    Survival,
    Trend,
)

__all__ = [
    "ANY",
    "MODELS",
    "And",
    "Answer",
    "Attribution",
    "Caveat",
    "Column",
    "Condition",
    "Did",
    "Exclusion",
    "Funnel",
    "Grain",
    "Latest",
    "Lifecycle",
    "Not",
    "Or",
    "Paths",
    "Question",
    "QuestionError",
    "Retention",
    "Revenue",
    "Saved",
    "Segment",
    "Sequence",
    "Span",
    "Step",
    "Stickiness",
    "Survival",
    "Trend",
    "Unit",
    "canonical",
    "definition_hash",
    "question",
    "question_from",
    "saved_names",
    "span",
    "span_text",
]
