"""Links to the review of comments in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import REVIEW_COMMENT
from lingyu.look.ways import way

way(
    "comment_review",
    "menu",
    _("Review comments"),
    order=300,
    icon="message-square-warning",
    permission=REVIEW_COMMENT,
)
