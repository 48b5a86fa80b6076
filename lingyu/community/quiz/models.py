"""Rows of the quiz: questions with their options, who approved or retired them, and who was asked.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.ids import uuid7

OPTIONS = range(2, 7)


class QuestionQuerySet(models.QuerySet):
    """Questions, as adjectives."""

    def about(self, article: Article):
        """Of one article, oldest first."""
        return self.filter(article=article).order_by("written_at", "id")

    def asked(self):
        """Approved and not retired: readers may get them."""
        return self.filter(approved_at__isnull=False, retired_at__isnull=True)

    def proposed(self):
        """Waiting for a person's approval."""
        return self.filter(approved_at__isnull=True, retired_at__isnull=True)


class Question(models.Model):
    """One question: what is asked, the options, and which of them (by number) is right.

    Once approved its words stay as they are: a changed question is a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    options = models.JSONField()
    right = models.PositiveSmallIntegerField()
    proposed = models.BooleanField(default=False)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_because = models.CharField(max_length=40, blank=True)
    # Answers before this moment count no more: it was brought back after its figures had retired it.
    judged_since = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [models.Index(fields=["article"], name="question_of_article")]

    def __str__(self):
        return self.text

    @property
    def state(self) -> str:
        """`proposed`, `asked` or `retired`."""
        if self.retired_at:
            return "retired"
        return "asked" if self.approved_at else "proposed"


class AskingQuerySet(models.QuerySet):
    """Askings, as adjectives."""

    def of(self, member: Member, article: Article):
        """Of one member about one article, newest first."""
        return self.filter(member=member, question__article=article).order_by("-asked_at")

    def answered(self):
        """With an answer."""
        return self.filter(answered_at__isnull=False)


class Asking(models.Model):
    """That one question was put to one member, and what the member answered.

    `order` is the shuffle the member saw: `order[n]` is the option shown as the n-th. `opened_at` is
    when the article was opened, by the server's clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="askings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    order = models.JSONField()
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.PositiveSmallIntegerField(null=True)
    right = models.BooleanField(null=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        verbose_name = _("asking")
        verbose_name_plural = _("askings")
        indexes = [
            models.Index(fields=["member", "question"], name="asking_of_member"),
            models.Index(fields=["question", "answered_at"], name="asking_answered"),
        ]

    def __str__(self):
        return f"{self.member_id} ? {self.question_id}"
