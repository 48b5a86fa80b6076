"""Rows of sharing: links, who arrived by them, by what a member's browsers are known, and invitations.

Holds state and its reading. Does not write: `actions` is the only writer. No address and no browser
stands here: `browser` and `device` are keyed hashes, and are let go of by time (`jobs`).
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.ids import uuid7

# How long a link brings credit; afterwards it only leads to the article.
LINK_LIFE = timedelta(days=180)
HASH = 43


class LinkQuerySet(models.QuerySet):
    """Links, as adjectives."""

    def standing(self):
        """Not replaced, and its member not gone."""
        return self.filter(ended_at__isnull=True)

    def of(self, member: Member, article: Article | None):
        """A member's to one article, or the personal invitation."""
        return self.filter(member=member, article=article)


class ShareLink(models.Model):
    """A member's own link to an article; without an article, their invitation.

    `number` is what its address says, drawn by lot. `parent` is the link by which the member had come
    to the article, `depth` how many links lie before this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="share_links")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="share_links")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    depth = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "article"],
                condition=Q(ended_at__isnull=True, article__isnull=False),
                name="one_share_link_an_article",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_at__isnull=True, article__isnull=True),
                name="one_invitation_link",
            ),
        ]

    def __str__(self):
        return f"{self.member_id} → {self.article_id or 'invite'}"

    @property
    def via(self) -> str:
        """`share` or `invite`."""
        return "share" if self.article_id else "invite"

    def works(self, at: datetime) -> bool:
        """Whether it still brings credit."""
        return self.ended_at is None and at < self.made_at + LINK_LIFE


class ArrivalQuerySet(models.QuerySet):
    """Arrivals, as adjectives."""

    def open(self):
        """Neither counted nor dismissed."""
        return self.filter(qualified_at__isnull=True, dismissed_at__isnull=True)

    def qualified(self):
        """Counted, those dismissed since left out."""
        return self.filter(qualified_at__isnull=False, dismissed_at__isnull=True)

    def by(self, members, browsers):
        """By one of these members, or in one of these browsers."""
        return self.filter(Q(member__in=members) | Q(browser__in=browsers))


class Arrival(models.Model):
    """That somebody opened a link: a member, or a visitor known by the hash of a first-party cookie.

    Once for a link and person. It ends counted, dismissed, or neither, when nobody read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="arrivals")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    browser = models.CharField(max_length=HASH, null=True)  # noqa: DJ001 - none is not the same as empty
    device = models.CharField(max_length=HASH, null=True)  # noqa: DJ001 - likewise
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    qualified_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_because = models.CharField(max_length=40, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        constraints = [
            models.UniqueConstraint(
                fields=["link", "member"], condition=Q(member__isnull=False), name="member_arrives_once"
            ),
            models.UniqueConstraint(
                fields=["link", "browser"],
                condition=Q(member__isnull=True, browser__isnull=False),
                name="visitor_arrives_once",
            ),
            # A reader counts for one sharer of an article, the first one, for ever.
            models.UniqueConstraint(
                fields=["article", "member"],
                condition=Q(qualified_at__isnull=False, member__isnull=False),
                name="member_counts_once_an_article",
            ),
            models.UniqueConstraint(
                fields=["article", "browser"],
                condition=Q(qualified_at__isnull=False, browser__isnull=False),
                name="visitor_counts_once_an_article",
            ),
        ]
        indexes = [
            models.Index(fields=["browser", "article"], name="arrival_of_browser"),
            models.Index(fields=["member", "article"], name="arrival_of_member"),
            models.Index(fields=["device", "link"], name="arrival_of_device"),
            models.Index(fields=["last_at"], name="arrival_by_age"),
        ]

    def __str__(self):
        return f"{self.link_id} ← {self.member_id or 'visitor'}"


class Trace(models.Model):
    """That a member was signed in with a browser (by its cookie) or a device (by its address and name)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[("browser", "browser"), ("device", "device")])
    value = models.CharField(max_length=HASH)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("trace of a browser")
        verbose_name_plural = _("traces of browsers")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "value"], name="one_trace_a_browser")
        ]
        indexes = [
            models.Index(fields=["kind", "value"], name="trace_by_value"),
            models.Index(fields=["kind", "last_at"], name="trace_by_age"),
        ]

    def __str__(self):
        return f"{self.member_id} · {self.kind}"


class InvitationQuerySet(models.QuerySet):
    """Invitations, as adjectives."""

    def waiting(self):
        """Joined, and neither counted nor dismissed."""
        return self.filter(active_at__isnull=True, dismissed_at__isnull=True)

    def between(self, one, others):
        """Of `one` by any of `others`, or the other way round."""
        return self.filter(Q(inviter=one, invitee__in=others) | Q(invitee=one, inviter__in=others))


class Invitation(models.Model):
    """That a member joined by another's link: one inviter for ever. The edges of the tree of invitations.

    `acted_at` is the first real action, by `acted_by`; `active_at` when it came to count.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inviter = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invited")
    invitee = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="invitation")
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="invitations")
    root = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveIntegerField()
    at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)
    acted_by = models.CharField(max_length=20, blank=True)
    active_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_because = models.CharField(max_length=40, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=~Q(inviter=F("invitee")), name="nobody_invites_themselves"),
            models.CheckConstraint(condition=Q(generation__gt=0), name="who_is_invited_comes_after"),
        ]
        indexes = [
            models.Index(fields=["inviter", "-at"], name="invitation_of_inviter"),
            models.Index(fields=["root", "generation"], name="invitation_in_tree"),
        ]

    def __str__(self):
        return f"{self.inviter_id} → {self.invitee_id}"

    @property
    def state(self) -> str:
        """`joined`, `active` or `dismissed`."""
        if self.dismissed_at:
            return "dismissed"
        return "active" if self.active_at else "joined"
