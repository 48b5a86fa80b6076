"""What the search lets go of when a member is erased. It holds nothing of its own to export."""

from lingyu.community.accounts.models import Erasure
from lingyu.community.accounts.privacy import Through, eraser
from lingyu.community.articles.models import Article

from . import actions


# After the account: only then do the rows say what may still be found.
@eraser("search", zh="搜索索引", en="Search index", order=1010)
def forget_in_search(erasure: Erasure):
    """Find the member no more, and their articles by no name of theirs."""
    member = erasure.member
    yield Through(lambda: not actions.index_person(actor=None, member=member.id))
    for id in Article.objects.by(member).values_list("id", flat=True):
        yield Through(lambda id=id: actions.index_article(actor=None, article=id))
