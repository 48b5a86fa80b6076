"""The only writers of the pictures: add, remove, withhold, clear away what was left behind.

Every action takes `actor` first. What is refused raises ValidationError and changes nothing.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from . import shelf
from .addresses import Address
from .events import PictureAdded, PictureRemoved, PictureShown, PictureWithheld
from .models import Picture
from .refining import MEGABYTE, refine
from .uses import used

A_DAY_PICTURES, A_DAY_BYTES = 60, 60 * MEGABYTE
# A file without a row is cleared away when it has not been touched for a day: longer than any upload takes.
LEFT_BEHIND_SECONDS = 86_400


def add_picture(*, actor: Member, data: bytes, alt: str = "", at: datetime | None = None) -> Picture:
    """Keep the picture in `data`: its file first, durably, then its row.

    The same picture twice by the same member is one. Refused: what is no picture, what is too large, and
    more than the day's share.
    """
    at = at or timezone.now()
    # Before decoding as well, so that whoever is over the limit costs nothing.
    _within_the_days_share(actor, at)
    refined = refine(data)
    if Picture.objects.withheld().filter(name=refined.address.name).exists():
        raise ValidationError(_("This picture was taken out of sight by the moderators. Use another."))
    shelf.put(refined)
    with transaction.atomic():
        # One upload of a member after the other, so that the share is not exceeded by two at once.
        Member.objects.select_for_update().get(id=actor.id)
        if earlier := Picture.objects.filter(member=actor, name=refined.address.name).first():
            return earlier
        _within_the_days_share(actor, at)
        size = len(refined.full) + len(refined.small or b"")
        picture = Picture(member=actor, name=refined.address.name, bytes=size, added_at=at)
        picture.alt = one_line(alt)[:200]
        picture.save(force_insert=True)
        record(
            PictureAdded(occurred_at=at, person=actor.key, actor=actor.key, picture=picture.id, bytes=size)
        )
    return picture


def remove_picture(*, actor: Member, picture: Picture, at: datetime | None = None) -> bool:
    """Remove a picture that nothing shows; False when it is gone already.

    The file goes with its last row, after the row: a row never lacks its file.
    """
    at = at or timezone.now()
    if used(picture.address.url):
        raise ValidationError(_("This picture stands in an article. Take it out of there first."))
    with transaction.atomic():
        if not Picture.objects.filter(id=picture.id).delete()[0]:
            return False
        record(PictureRemoved(occurred_at=at, person=actor.key, actor=actor.key, picture=picture.id))
    forget_file(actor=actor, address=picture.address)
    return True


@transaction.atomic
def withhold_picture(*, actor: Member | None, picture: Picture, at: datetime | None = None) -> bool:
    """Take a picture out of sight, whoever uploaded the same; False when it is. The file follows the row."""
    at = at or timezone.now()
    same = Picture.objects.filter(name=picture.name, withheld_at__isnull=True)
    if not same.update(withheld_at=at):
        return False
    transaction.on_commit(lambda: shelf.set_apart(picture.address))
    who = actor.key if actor else None
    record(PictureWithheld(occurred_at=at, person=str(picture.member_id), actor=who, picture=picture.id))
    return True


@transaction.atomic
def show_picture(*, actor: Member | None, picture: Picture, at: datetime | None = None) -> bool:
    """Bring a picture back that was taken out of sight; False when it is there."""
    at = at or timezone.now()
    if not Picture.objects.withheld().filter(name=picture.name).update(withheld_at=None):
        return False
    transaction.on_commit(lambda: shelf.set_back(picture.address))
    who = actor.key if actor else None
    record(PictureShown(occurred_at=at, person=str(picture.member_id), actor=who, picture=picture.id))
    return True


def set_withheld_apart(*, actor: Member | None) -> int:
    """Move what is withheld and still lies in sight, as after a crash between row and file; how many."""
    done = 0
    for picture in Picture.objects.withheld().order_by("-withheld_at")[:1_000]:
        if shelf.path_of(picture.name).exists():
            shelf.set_apart(picture.address)
            done += 1
    return done


def forget_file(*, actor: Member | None, address: Address) -> bool:
    """Take away the file of a picture that no row names any more; False when one still does."""
    if Picture.objects.filter(name=address.name).exists():
        return False
    shelf.remove(address)
    return True


def clear_left_behind(*, actor: Member | None) -> int:
    """Take away files that no row names, and half-written ones; how many they were."""
    old = list(shelf.left_behind(LEFT_BEHIND_SECONDS))
    whole = {path.name.replace("-small.webp", ".webp") for path in old}
    named = set()
    for batch in _batches(sorted(whole), 500):
        named |= set(Picture.objects.filter(name__in=batch).values_list("name", flat=True))
    gone = [path for path in old if path.name.replace("-small.webp", ".webp") not in named]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _batches(names: list[str], size: int):
    return (names[start : start + size] for start in range(0, len(names), size))


def _within_the_days_share(actor: Member, at: datetime) -> None:
    today = Picture.objects.filter(member=actor).on_the_day_of(at)
    if today.count() >= A_DAY_PICTURES:
        raise ValidationError(
            ngettext(
                "You have uploaded %(number)d picture today: no more until tomorrow.",
                "You have uploaded %(number)d pictures today: no more until tomorrow.",
                A_DAY_PICTURES,
            )
            % {"number": A_DAY_PICTURES},
            "quota",
        )
    if (today.aggregate(sum=Sum("bytes"))["sum"] or 0) >= A_DAY_BYTES:
        raise ValidationError(
            _("You have uploaded %(limit)d MB of pictures today: no more until tomorrow.")
            % {"limit": A_DAY_BYTES // MEGABYTE},
            "quota",
        )
