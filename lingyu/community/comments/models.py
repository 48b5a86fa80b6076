"""Rows of the comments: comments, approvals, removals and their undoing.

Holds state and its reading: what a comment is follows from the rows beside it, each with who and
when. Does not write: `actions` is the only writer.
"""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.ids import uuid7

BODY_LIMIT = 2_000


class CommentQuerySet(models.QuerySet):
    """Comments, as adjectives."""

    def waiting(self):
        """Neither approved nor removed; oldest first, as a moderator takes them."""
        return self.filter(approval__isnull=True, removal__isnull=True).order_by("posted_at", "id")

    def approved(self):
        """Open to everybody."""
        return self.filter(approval__isnull=False, removal__isnull=True)

    def removed(self):
        """Taken away, the last one first."""
        return self.filter(removal__isnull=False).order_by("-removal__at", "-id")

    def below(self, article):
        """Said below an article (a row, or its id)."""
        return self.filter(article=article)

    def visible_to(self, reader):
        """Approved, or the reader's own whatever became of it."""
        return self.shown_to(reader.id if reader.is_authenticated else None)

    def shown_to(self, member):
        """The same by a member's id; None for a visitor."""
        shown = models.Q(approval__isnull=False, removal__isnull=True)
        if member is not None:
            shown |= models.Q(author_id=member)
        return self.filter(shown)

    def numbers(self):
        """Of each article how many are `approved`, and how many are `opening`: one query for both."""
        shown = models.Q(approval__isnull=False, removal__isnull=True)
        opening = models.Q(parent__isnull=True)
        return (
            self.order_by()
            .values("article")
            .annotate(approved=models.Count("id", filter=shown), opening=models.Count("id", filter=opening))
        )

    def opening(self):
        """Not a reply to another comment."""
        return self.filter(parent__isnull=True)

    def with_author(self):
        """Everything a comment shows, in one query."""
        return self.select_related("author", "approval", "removal").defer("author__password")

    def for_thread(self):
        """What a thread shows of a comment and of its author, in one query, and no more: threads are long."""
        of_author = (f"author__{name}" for name in ("username", "pen_name", "erased_at"))
        of_removal = (f"removal__{name}" for name in ("reason", "note"))
        own = ("article", "author", "parent", "body", "posted_at")
        shown = self.select_related("author", "approval", "removal")
        return shown.only(*own, *of_author, "approval__comment", *of_removal)


class Comment(models.Model):
    """Plain text that a member said below an article, or in reply to a comment there."""

    # The form brings the id, so that the same form sent twice is the same comment.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="comments", verbose_name=_("article")
    )
    author = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="comments", verbose_name=_("author")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    body = models.TextField(_("comment"), validators=[MaxLengthValidator(BODY_LIMIT)])
    posted_at = models.DateTimeField(_("posted"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["article", "parent", "-posted_at"], name="comment_below_article"),
        ]

    def __str__(self):
        return self.body[:40]

    @property
    def state(self) -> str:
        """`waiting`, `approved` or `removed`; a removal outweighs an earlier approval."""
        if hasattr(self, "removal"):
            return "removed"
        return "approved" if hasattr(self, "approval") else "waiting"


class Approval(models.Model):
    """That a moderator let a comment be seen."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="approval"
    )
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def __str__(self):
        return f"✓ {self.comment_id}"


class Removal(models.Model):
    """That a moderator took a comment away, and the reason the author is told."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="removal"
    )
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")

    def __str__(self):
        return f"✗ {self.comment_id}"


class Restoration(models.Model):
    """That a removal was undone, as after a won appeal: what had been removed, when and why, and by whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="restorations")
    removed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField()
    reason = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("restoration")
        verbose_name_plural = _("restorations")

    def __str__(self):
        return f"↺ {self.comment_id}"
