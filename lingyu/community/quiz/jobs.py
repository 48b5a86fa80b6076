"""What the quiz does as time passes: questions whose figures say so are retired.

Holds one job.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from lingyu.kernel.jobs import job

from . import actions
from .figures import ENOUGH, figures
from .models import Question


@job("quiz.judge", every=timedelta(hours=1), zh="题目体检", en="Judge questions by their figures")
def judge(now: datetime) -> int:
    """Retire the questions that leaked or tell nothing; how many they were."""
    answered = Count("askings", filter=Q(askings__answered_at__isnull=False))
    done = 0
    for question in Question.objects.asked().annotate(n=answered).filter(n__gte=ENOUGH):
        if reason := figures(question).verdict:
            done += actions.retire_question(actor=None, question=question, reason=reason, at=now)
    return done
