"""Facts about quizzes: questions approved and retired, answers right and wrong.

Holds declarations only; `actions` records them. Which option was chosen is told to nobody.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("quiz.question_approved", zh="题目启用", en="Question approved")
class QuestionApproved(Event):
    """A person let a question be asked below an article."""

    article: UUID
    question: UUID


@fact("quiz.question_retired", zh="题目停用", en="Question retired")
class QuestionRetired(Event):
    """A question is asked no more: by hand, or because its figures show it leaked or useless (`reason`)."""

    article: UUID
    question: UUID
    reason: str


@fact("quiz.answered_right", zh="答题正确", en="Quiz answered right")
class AnsweredRight(Event):
    """A member answered the question below an article rightly; at most once for an article."""

    article: UUID
    question: UUID
    author: str


@fact("quiz.answered_wrong", zh="答题错误", en="Quiz answered wrong")
class AnsweredWrong(Event):
    """A member answered the question below an article wrongly, and was told to read it again."""

    article: UUID
    question: UUID
    author: str
