"""Pictures as subjects of cases, and looking at those that nobody has looked at.

Holds the surface and the reading. The checks are optional (extra `images`): where none is installed
nothing is looked at, and nothing is said to have been.
"""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from lingyu.community.pact.engine import screener
from lingyu.community.pact.screening.images import ImageRefused, ImageScreener, Seen, available
from lingyu.community.pictures import actions, shelf
from lingyu.community.pictures.models import Picture

from .models import PictureLook
from .surfaces import SURFACES, Shown, Surface

BATCH = 10


def unseen() -> Iterator[Picture]:
    """The newest pictures that nobody has looked at, one of each file; none where nothing can be checked."""
    if not any(available().values()):
        return
    looked = PictureLook.objects.values("name")
    waiting = Picture.objects.exclude(name__in=looked).filter(withheld_at__isnull=True)
    names = set()
    for picture in waiting.select_related("member").order_by("-added_at")[: 4 * BATCH]:
        if picture.name not in names and len(names) < BATCH:
            names.add(picture.name)
            yield picture


def seen(picture: Picture) -> Seen:
    """What the checks say of a picture; one that cannot be opened any more is for people."""
    try:
        return ImageScreener(screener()).look(shelf.path_of(picture.name).read_bytes())
    except (ImageRefused, OSError) as error:
        return Seen("review", (), (), {"opened": type(error).__name__})


def _find(id: UUID) -> Shown | None:
    if (row := Picture.objects.select_related("member").filter(id=id).first()) is None:
        return None
    words = row.alt or _("A picture without a description.")
    shown = row.withheld_at is None
    # What is shown is the picture itself, which a reviewer uncovers.
    return Shown(row.member, f"![{words}]({row.address.url})", words, row.address.url, row.added_at, shown)


def _hide(actor, id, clause, words, at):
    return actions.withhold_picture(actor=actor, picture=Picture.objects.get(id=id), at=at)


def _restore(actor, id, was, at):
    return actions.show_picture(actor=actor, picture=Picture.objects.get(id=id), at=at)


def _nothing_waits(actor, id, at):
    return False


SURFACES["picture"] = Surface(
    "picture", zh="图片", en="Picture", find=_find, hide=_hide, restore=_restore, let_pass=_nothing_waits
)
