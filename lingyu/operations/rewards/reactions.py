"""What follows for whoever manages feathers from what happens in the ledger.

Holds reactions, and the notification that only they get.
"""

from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.ledger.events import LedgerDrifted
from lingyu.community.notifications.actions import tell_many
from lingyu.community.notifications.kinds import declare
from lingyu.kernel.access import MANAGE_FEATHERS
from lingyu.kernel.reactions import reaction
from lingyu.kernel.text import N_

DRIFTED = declare(
    "ledger_drifted",
    zh="羽毛账目不符",
    en="The ledger of feathers does not add up",
    one=N_("The ledger of feathers does not add up: %(what)s"),
    many=N_("The ledger of feathers does not add up: %(count)s findings, the last: %(what)s"),
    icon="heart-pulse",
    area="desk",
    tone="bad",
    permission=MANAGE_FEATHERS,
    page=("desk_page", "rewards", "health"),
)


@reaction(on=LedgerDrifted)
def tell_of_drift(event: LedgerDrifted) -> None:
    """Tell whoever may manage feathers what was found, once a finding; those of a day are one line."""
    tell_many(
        members=Member.objects.who_may(MANAGE_FEATHERS).values_list("id", flat=True),
        kind=DRIFTED,
        key=str(event.id),
        at=event.occurred_at,
        group=str(timezone.localdate(event.occurred_at)),
        details={"what": event.reason},
    )
