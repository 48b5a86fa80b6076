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
BY_HAND = rule(
    "adjust.by_hand",
    zh="人工调整",
    en="Adjusted by hand",
    about=N_("What operators give by hand, two of them agreeing; it is the most that one adjustment gives."),
    amount=100,
    per_day=200,
    by_hand=True,
)
