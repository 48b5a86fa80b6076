"""Rules of valid messages, and the sample on which their precision is checked."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import RulesChanged, SampleLabelled
from ..models import RuleVersion, Sample, Terms, standing_rules
from ..models.talk import SAMPLE_DAYS
from ..models.validity import KINDS

LONGEST, MOST_PHRASES = 20, 1_000


@transaction.atomic
def change_rules(
    *, actor: Member, terms: Terms, expected: int, note: str, at: datetime | None = None
) -> RuleVersion:
    """Bring new rules into force for what comes from now on. ValidationError, also when `expected` is
    past.
    """
    standing, before = standing_rules()
    if standing != expected:
        raise ValidationError(_("Somebody else changed the rules meanwhile: look at theirs first."))
    if terms == before:
        raise ValidationError(_("Nothing has changed."))
    if not 1 <= terms.least <= LONGEST:
        raise ValidationError({"least": _("From 1 to %(most)d characters.") % {"most": LONGEST}})
    if len(terms.phrases) > MOST_PHRASES or any(len(p) > 40 for p in terms.phrases):
        raise ValidationError({"phrases": _("At most 1,000 phrases of 40 characters each.")})
    if unknown := set(terms.kinds) - set(KINDS):
        raise ValidationError(
            {"kinds": _("There is no such kind: %(kinds)s.") % {"kinds": ", ".join(unknown)}}
        )
    note = one_line(note)[:200]
    if not note:
        raise ValidationError({"note": _("Say why, for whoever looks later.")})
    try:
        with transaction.atomic():
            made = RuleVersion.objects.create(
                number=standing + 1, terms=terms.as_json(), at=at or timezone.now(), by=actor, note=note
            )
    except IntegrityError:
        raise ValidationError(_("Somebody else changed the rules meanwhile: look at theirs first.")) from None
    record(RulesChanged(occurred_at=made.at, actor=actor.key, number=made.number))
    return made


@transaction.atomic
def label_sample(*, actor: Member, sample: Sample, label: str, at: datetime | None = None) -> Sample:
    """Say whether a message of the sample says something. The last word counts."""
    if label not in Sample.Label.values:
        raise ValidationError(_("Choose one of the two."))
    at = at or timezone.now()
    Sample.objects.filter(pk=sample.pk).update(label=label, labelled_by=actor, labelled_at=at)
    record(
        SampleLabelled(
            occurred_at=at,
            actor=actor.key,
            group=sample.message.group_id,
            outcome=label,
            valid=not sample.message.why,
        )
    )
    sample.refresh_from_db()
    return sample


@transaction.atomic
def forget_words(*, actor: Member | None, now: datetime) -> int:
    """Empty the words that have been kept for long enough; labels stay. How many there were."""
    return Sample.outdated(now - timedelta(days=SAMPLE_DAYS)).update(words="")
