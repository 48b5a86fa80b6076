"""What the pictures hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Overwrite, Through, contribution, eraser

from . import actions
from .models import Picture


@contribution("pictures", zh="我的图片", en="My pictures")
def pictures(member: Member):
    """Every picture the member uploaded, with the address at which it is."""
    for picture in Picture.objects.filter(member=member).order_by("added_at").iterator(200):
        yield {
            "address": picture.address.url,
            "description": picture.alt,
            "bytes": picture.bytes,
            "width": picture.address.width,
            "height": picture.address.height,
            "added_at": picture.added_at,
        }


@eraser("pictures", zh="图片", en="Pictures", order=310)
def forget_pictures(erasure: Erasure):
    """Pictures go with the words; where the words stay, the pictures in them stay, and the others go.

    After the articles: what they no longer show is not used.
    """
    mine = Picture.objects.filter(member=erasure.member)
    gone = [p for p in mine if erasure.words == Erasure.Words.REMOVE or not actions.used(p.address.url)]
    yield Delete(Picture.objects.filter(id__in=[p.id for p in gone]))
    for picture in gone:
        yield Through(lambda p=picture: actions.forget_file(actor=None, address=p.address))
    yield Overwrite(mine, {"alt": ""})
