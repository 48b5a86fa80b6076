"""What the favourites hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Through, contribution, eraser

from . import actions
from .models import Favourite, Folder


@contribution("favourites", zh="我的收藏", en="My favourites")
def favourites(member: Member):
    """Every article the member keeps, in which folder and with which note."""
    for kept in Favourite.objects.of(member).with_article().order_by("at").iterator(1_000):
        yield {
            "article": kept.article_id,
            "title": kept.article.title,
            "folder": kept.folder.name if kept.folder else None,
            "note": kept.note,
            "at": kept.at,
        }


@contribution("favourite_folders", zh="收藏夹", en="Folders of favourites")
def folders(member: Member):
    """The member's folders, empty ones too."""
    for folder in Folder.objects.filter(member=member):
        yield {"name": folder.name, "made_at": folder.made_at}


@eraser("favourites", zh="收藏与收藏夹", en="Favourites and folders")
def forget_favourites(erasure: Erasure):
    """Everything kept is let go of, so that each article's count is again that of those who stay."""
    member = erasure.member
    for kept in list(Favourite.objects.of(member).select_related("article__column")):
        yield Through(lambda a=kept.article: actions.remove_favourite(actor=member, article=a))
    yield Delete(Folder.objects.filter(member=member))
