"""How many feathers moved, and which way."""

from lingyu.community.ledger.events import (
    FeathersClawedBack,
    FeathersExpired,
    FeathersIssued,
    FeathersPended,
    FeathersRefunded,
    FeathersRestored,
    FeathersSpent,
    FeathersVoided,
)
from lingyu.kernel.metrics import Derived, Sum, declare
from lingyu.kernel.text import N_

ISSUED = declare(
    Sum(
        name="feathers_issued",
        zh="发放羽毛",
        en="Feathers issued",
        unit="count",
        good="neither",
        event=FeathersIssued,
        field="feathers",
        about=N_(
            "Feathers that members received, on the day on which they were posted. Promises count when they "
            "are kept; what was taken back later still counts here."
        ),
    )
)
PROMISED = declare(
    Sum(
        name="feathers_promised",
        zh="承诺羽毛",
        en="Feathers promised",
        unit="count",
        good="neither",
        event=FeathersPended,
        field="feathers",
        about=N_("Feathers that were promised until a review or a time; they count as issued once posted."),
    )
)
VOIDED = declare(
    Sum(
        name="feathers_voided",
        zh="作废的承诺",
        en="Promises voided",
        unit="count",
        good="down",
        event=FeathersVoided,
        field="feathers",
        about=N_("Promised feathers that were not posted, because the review refused or the time was over."),
    )
)
SPENT = declare(
    Sum(
        name="feathers_spent",
        zh="消耗羽毛",
        en="Feathers spent",
        unit="count",
        event=FeathersSpent,
        field="feathers",
        about=N_(
            "Feathers spent at once, or for an order on its delivery; what was given back later still counts."
        ),
    )
)
REFUNDED = declare(
    Sum(
        name="feathers_refunded",
        zh="退还羽毛",
        en="Feathers refunded",
        unit="count",
        good="down",
        event=FeathersRefunded,
        field="feathers",
        about=N_("Spent feathers that members had back, on the day of the refund."),
    )
)
REDEEMED = declare(
    Derived(
        name="feathers_redeemed",
        zh="净消耗羽毛",
        en="Feathers redeemed",
        unit="count",
        plus=(SPENT,),
        minus=(REFUNDED,),
        about=N_("Feathers spent less those refunded in the same period."),
    )
)
EXPIRED = declare(
    Sum(
        name="feathers_expired",
        zh="过期羽毛",
        en="Feathers expired",
        unit="count",
        good="down",
        event=FeathersExpired,
        field="feathers",
        about=N_("What was left of feathers when their time was over."),
    )
)
CLAWED_BACK = declare(
    Sum(
        name="feathers_clawed_back",
        zh="收回羽毛",
        en="Feathers clawed back",
        unit="count",
        good="down",
        event=FeathersClawedBack,
        field="feathers",
        about=N_("Issued feathers that were taken back, those included that had been spent and are owed."),
    )
)
RESTORED = declare(
    Sum(
        name="feathers_restored",
        zh="恢复羽毛",
        en="Feathers restored",
        unit="count",
        good="neither",
        event=FeathersRestored,
        field="feathers",
        about=N_("Feathers given back because taking them had been a mistake."),
    )
)
