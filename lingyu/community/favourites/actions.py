"""The only writers of the favourites: add, file, remove; make, rename and delete folders.

Every action takes `actor` first and, for imports and the demo, the time `at` at which it happened. Bad
input raises ValidationError and changes nothing; the same again changes nothing.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.events import Event
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from .events import FavouriteAdded, FavouriteFiled, FavouriteRemoved
from .models import NOTE_LIMIT, Favourite, Folder, Tally

FOLDERS_LIMIT = 100


@transaction.atomic
def add_favourite(
    *, actor: Member, article: Article, folder: Folder | None = None, at: datetime | None = None
) -> bool:
    """Keep an article; False when it is kept already, wherever it lies."""
    at = at or timezone.now()
    if not article.is_published:
        raise ValidationError(_("This article is not on the site."))
    _own(actor, folder)
    _kept, new = Favourite.objects.get_or_create(
        member=actor, article=article, defaults={"folder": folder, "at": at}
    )
    if new:
        _count(article, 1)
        record(_event(FavouriteAdded, article, actor, at))
    return new


@transaction.atomic
def remove_favourite(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Keep an article no longer; False when it was not kept."""
    gone, _rows = Favourite.objects.filter(member=actor, article=article).delete()
    if gone:
        _count(article, -1)
        record(_event(FavouriteRemoved, article, actor, at or timezone.now()))
    return bool(gone)


@transaction.atomic
def file_favourite(
    *, actor: Member, favourite: Favourite, folder: Folder | None, note: str, at: datetime | None = None
) -> bool:
    """Put a favourite into a folder (or none) with a note; False when it lies there so already."""
    _own(actor, folder)
    note = _clean(note)
    if len(note) > NOTE_LIMIT:
        raise ValidationError(_("A note has at most %(most)d characters.") % {"most": NOTE_LIMIT})
    mine = Favourite.objects.filter(id=favourite.id, member=actor).exclude(folder=folder, note=note)
    if not mine.update(folder=folder, note=note):
        return False
    record(_event(FavouriteFiled, favourite.article, actor, at or timezone.now()))
    return True


@transaction.atomic
def make_folder(*, actor: Member, name: str, at: datetime | None = None) -> Folder:
    """Make a folder; the one of this name when there is one, however it is written."""
    name = _named(name)
    if there := Folder.objects.filter(member=actor, name__iexact=name).first():
        return there
    if Folder.objects.filter(member=actor).count() >= FOLDERS_LIMIT:
        raise ValidationError(_("%(most)d folders are enough.") % {"most": FOLDERS_LIMIT})
    try:
        with transaction.atomic():
            return Folder.objects.create(member=actor, name=name, made_at=at or timezone.now())
    except IntegrityError:
        # Made at this very moment in another tab.
        return Folder.objects.get(member=actor, name__iexact=name)


@transaction.atomic
def rename_folder(*, actor: Member, folder: Folder, name: str) -> bool:
    """Give one's folder another name; False when it has it."""
    _own(actor, folder)
    name = _named(name)
    if folder.name == name:
        return False
    if Folder.objects.filter(member=actor, name__iexact=name).exclude(id=folder.id).exists():
        raise ValidationError(_("You have a folder of this name."))
    try:
        with transaction.atomic():
            Folder.objects.filter(id=folder.id).update(name=name)
    except IntegrityError:
        raise ValidationError(_("You have a folder of this name.")) from None
    folder.name = name
    return True


@transaction.atomic
def delete_folder(*, actor: Member, folder: Folder) -> int:
    """Delete one's folder; what lay in it is kept, in no folder. How many those were."""
    _own(actor, folder)
    loose = Favourite.objects.filter(folder=folder).update(folder=None)
    Folder.objects.filter(id=folder.id).delete()
    return loose


def _own(actor: Member, folder: Folder | None) -> None:
    if folder is not None and folder.member_id != actor.id:
        raise ValidationError(_("This folder is not yours."))


def _clean(text: str) -> str:
    return " ".join(legible(text).split())


def _named(name: str) -> str:
    name = _clean(name)
    if not name:
        raise ValidationError(_("Give the folder a name."))
    if len(name) > 40:
        raise ValidationError(_("A folder's name has at most 40 characters."))
    return name


def _count(article: Article, change: int) -> None:
    """The unique row has decided who came first; the sum is the database's own."""
    Tally.objects.bulk_create([Tally(article=article)], ignore_conflicts=True)
    Tally.objects.filter(article=article).update(members=F("members") + change)


def _event(kind: type[Event], article: Article, actor: Member, at: datetime) -> Event:
    return kind(
        occurred_at=at,
        person=actor.key,
        actor=actor.key,
        article=article.id,
        author=str(article.author_id),
        column=article.column.slug if article.column else None,
    )
