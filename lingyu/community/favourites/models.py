"""Rows of the favourites: folders, what is kept in them, and by how many an article is kept.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from uuid import UUID

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.ids import uuid7

NOTE_LIMIT = 500


class Folder(models.Model):
    """A member's own drawer with a name; nobody else sees it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="folders")
    name = models.CharField(_("name"), max_length=40)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        ordering = [Lower("name"), "id"]
        constraints = [models.UniqueConstraint("member", Lower("name"), name="folder_named_once")]

    def __str__(self):
        return self.name


class FavouriteQuerySet(models.QuerySet):
    """Favourites, as adjectives."""

    def of(self, member: Member):
        """Of one member, the last one kept first."""
        return self.filter(member=member).order_by("-at", "-id")

    def filed(self, folder: "UUID | str | None"):
        """In a folder (its id), in none ("none"), or wherever they are."""
        if folder == "none":
            return self.filter(folder=None)
        return self.filter(folder=folder) if folder else self

    def titled(self, words: str):
        """Whose title or note has every one of `words`."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(models.Q(article__title__icontains=word) | models.Q(note__icontains=word))
        return found

    def with_article(self):
        """Everything a list shows, in one query, without the bodies."""
        return self.select_related("article__author", "article__column", "folder").defer(
            "article__body", "article__html", "article__headings", "article__author__password"
        )


class Favourite(models.Model):
    """That a member keeps an article since when, where, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="favourites")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="favourites")
    folder = models.ForeignKey(
        Folder, on_delete=models.SET_NULL, null=True, blank=True, related_name="favourites"
    )
    note = models.CharField(
        _("note"), max_length=NOTE_LIMIT, blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)]
    )
    at = models.DateTimeField(_("kept"))

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        constraints = [models.UniqueConstraint(fields=["member", "article"], name="kept_once")]
        indexes = [models.Index(fields=["member", "-at", "-id"], name="favourites_newest")]

    def __str__(self):
        return f"{self.member_id} ☆ {self.article_id}"


class Tally(models.Model):
    """By how many members an article is kept, in step with the rows."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="favourite_tally"
    )
    members = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self):
        return str(self.members)
