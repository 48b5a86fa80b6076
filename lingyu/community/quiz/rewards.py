"""What a right answer earns.

Holds one declaration.
"""

from lingyu.community.feathers.rules import rule
from lingyu.kernel.text import N_

RIGHT = rule(
    "quiz.right",
    zh="读后答题",
    en="Quiz answered",
    about=N_("For the right answer to the question below an article, once for each article."),
    amount=5,
    per_day=100,
    facts=("others",),
    conditions=(("others", 1),),
)
