"""Drawing a sample of what differs, and taking down what people say of it."""

import random
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member

from ..limits import LIMITS
from ..models import Difference, RuleChange, Sample, Specimen, Trial
from ..readiness import STRATA

MOST = 1_000  # of one stratum


@transaction.atomic
def draw(
    *,
    actor: Member,
    change: RuleChange,
    seed: int,
    sizes: Mapping[str, int] | None = None,
    at: datetime | None = None,
) -> Sample:
    """Draw so many of each stratum that were not drawn before, by chance; all where there are fewer.

    The same seed draws the same from the same differences. ValidationError before the replay is complete,
    and when nothing is left to draw.
    """
    at = at or timezone.now()
    RuleChange.objects.select_for_update().get(id=change.id)
    if change.state != "trial":
        raise ValidationError(_("This change is not on trial any more."))
    if not Trial.objects.filter(change=change, phase=Trial.Phase.REPLAY, ended_at__isnull=False).exists():
        raise ValidationError(_("A sample is drawn when the replay is complete."))
    chance, wanted = random.Random(seed), {**LIMITS.sample, **(sizes or {})}  # noqa: S311 - to be repeated
    drawn, counts = [], {}
    for stratum in STRATA:
        left = Difference.objects.tried().filter(change=change, stratum=stratum, specimen__isnull=True)
        # In an order that does not depend on when a batch was kept.
        ids = list(left.order_by("screening__at", "screening", "clause").values_list("id", flat=True))
        size = max(0, min(wanted[stratum], len(ids), MOST))
        counts[stratum] = [size, len(ids)]
        drawn += chance.sample(ids, size)
    if not drawn:
        raise ValidationError(_("Nothing differs that was not drawn already."))
    # Mixed, so that nobody can tell from the order what the change says.
    chance.shuffle(drawn)
    sample = Sample.objects.create(change=change, seed=seed, sizes=counts, by=actor, at=at)
    Specimen.objects.bulk_create(
        Specimen(sample=sample, difference_id=id, place=place) for place, id in enumerate(drawn, 1)
    )
    return sample


@transaction.atomic
def label(*, actor: Member, specimen: Specimen, breaks: bool | None, at: datetime | None = None) -> Specimen:
    """Say whether a text breaks the clause; None takes it back. ValidationError once the change has moved."""
    at = at or timezone.now()
    change = RuleChange.objects.select_for_update().get(id=specimen.sample.change_id)
    if change.state != "trial":
        raise ValidationError(_("This change is not on trial any more."))
    specimen.breaks = breaks
    specimen.by, specimen.at = (None, None) if breaks is None else (actor, at)
    specimen.save(update_fields=["breaks", "by", "at"])
    return specimen
