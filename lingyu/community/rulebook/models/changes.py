"""Changes of the rules, what became of each, and the sets that were in force. Append-only, all three."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class RuleChangeQuerySet(models.QuerySet):
    """Changes, as adjectives."""

    def on_trial(self):
        """Neither live nor withdrawn."""
        return self.exclude(moves__kind__in=[Move.Kind.LIVE, Move.Kind.WITHDRAWN])

    def live(self):
        """In force now."""
        ended = Move.objects.filter(change=models.OuterRef("id"), kind=Move.Kind.ROLLED_BACK)
        return self.filter(~models.Exists(ended), moves__kind=Move.Kind.LIVE)

    def newest(self):
        """The last one first, with what became of them."""
        return self.select_related("by").prefetch_related("moves__by").order_by("-number")


class RuleChange(models.Model):
    """One proposal: `content` is what differs (`contents.Content` as JSON), `why` what it is for.

    A slip is mended by another change; this one stays as it was tried.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(_("what changes, in a sentence"), max_length=120)
    why = models.CharField(_("why"), max_length=1_000)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = RuleChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the rules")
        verbose_name_plural = _("changes of the rules")

    def __str__(self):
        return f"#{self.number} {self.title}"

    def moved(self, kind: str) -> "Move | None":
        """The move of this kind, if it was made; from what was fetched where it was."""
        return next((move for move in self.moves.all() if move.kind == kind), None)

    @property
    def state(self) -> str:
        """`trial`, `withdrawn`, `live` or `rolled_back`."""
        kinds = {move.kind for move in self.moves.all()}
        for kind in (Move.Kind.ROLLED_BACK, Move.Kind.LIVE, Move.Kind.WITHDRAWN):
            if kind in kinds:
                return str(kind.value)
        return "trial"


class Move(models.Model):
    """What became of a change, each once: withdrawn, live, rolled back, being undone, undone.

    `by` is None when the house did it by itself; `figures` are those it was decided by.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LIVE = "live", _("Live")
        ROLLED_BACK = "rolled_back", _("Rolled back")
        INVERTING = "inverting", _("Being undone")
        INVERTED = "inverted", _("Undone")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(RuleChange, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=1_000, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [models.UniqueConstraint(fields=["change", "kind"], name="each_move_once")]

    def __str__(self):
        return f"{self.change_id}: {self.kind}"


class Edition(models.Model):
    """A set of rules that came into force: the changes in it, in their order. The greatest number holds.

    `key` names what the set is made of, so that a process can tell whether it has it.
    """

    number = models.PositiveIntegerField(primary_key=True)
    key = models.CharField(max_length=32)
    changes = models.JSONField(default=list)
    move = models.OneToOneField(Move, on_delete=models.PROTECT, related_name="edition")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return self.key
