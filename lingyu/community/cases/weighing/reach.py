"""How many people a subject may have reached: what makes one case more pressing than another.

Holds reads.
"""

from lingyu.community.articles.models import Readership
from lingyu.community.comments.models import Comment

from ..surfaces import parted


def readers_of(subject: str) -> int:
    """Effective reads of the article, or of the article below which a comment stands; 0 for the rest."""
    try:
        surface, id = parted(subject)
    except ValueError:
        return 0
    if surface.kind == "comment":
        id = Comment.objects.filter(id=id).values_list("article", flat=True).first()
    if surface.kind not in ("article", "comment"):
        return 0
    return Readership.objects.filter(article=id).values_list("reads", flat=True).first() or 0
