"""What the quiz holds about a member, for their export.

Nothing of it is erased: an answer names ids alone, and the figures of a question rest on it. Neither
the words of a question nor its right option are in it: they are its author's, and others' next riddle.
"""

from lingyu.community.accounts.models import Member
from lingyu.community.accounts.privacy import contribution

from .models import Asking


@contribution("quiz_answers", zh="答题记录", en="Quiz answers")
def quiz_answers(member: Member):
    """Every question that was put to the member, and whether the answer was right."""
    rows = Asking.objects.filter(member=member).select_related("question").order_by("asked_at")
    for asking in rows.iterator(1_000):
        yield {
            "article": asking.question.article_id,
            "question": asking.question_id,
            "asked_at": asking.asked_at,
            "answered_at": asking.answered_at,
            "right": asking.right,
        }
