"""What the community itself rewards.

Holds declarations; `reactions` follow what happens.
"""

from lingyu.kernel.text import N_

from .rules import rule

COMMENT = rule(
    "comment.approved",
    zh="评论过审",
    en="Approved comment",
    about=N_("For a comment below somebody else's article, once it has passed review."),
    amount=10,
    hold="review",
    per_day=100,
    facts=("length", "others"),
    conditions=(("length", 2), ("others", 1)),
)
