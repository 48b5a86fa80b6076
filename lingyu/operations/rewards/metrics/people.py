"""Who earned and who redeemed, and how the one leads to the other."""

from datetime import timedelta

from lingyu.community.ledger.events import FeathersIssued, FeathersSpent
from lingyu.kernel.conversion import Conversion
from lingyu.kernel.metrics import Distinct, Ratio, declare
from lingyu.kernel.text import N_

from .flows import ISSUED, REDEEMED

EARNERS = declare(
    Distinct(
        name="feather_earners",
        zh="获得羽毛人数",
        en="Members who earned",
        event=FeathersIssued,
        field="person",
        about=N_("Different members to whom feathers were posted in the period; promises do not count."),
    )
)
REDEEMERS = declare(
    Distinct(
        name="feather_redeemers",
        zh="消耗羽毛人数",
        en="Members who redeemed",
        event=FeathersSpent,
        field="person",
        about=N_(
            "Different members who spent feathers in the period. The final figure of rewards: numbers of "
            "feathers grow with every generous rule and every higher price, but only a member who redeems "
            "shows that feathers were worth the effort. Those refunded later still count."
        ),
    )
)
REDEEMING_SHARE = declare(
    Ratio(
        name="redeemers_per_earner",
        zh="消耗人数 ÷ 获得人数",
        en="Redeemers per earner",
        unit="number",
        numerator=REDEEMERS,
        denominator=EARNERS,
        about=N_(
            "Members who redeemed divided by members who earned in the same period. It can be above one: "
            "feathers of earlier periods are redeemed too."
        ),
    )
)
PER_EARNER = declare(
    Ratio(
        name="feathers_per_earner",
        zh="人均获得羽毛",
        en="Feathers per earner",
        unit="number",
        numerator=ISSUED,
        denominator=EARNERS,
        about=N_("Feathers issued divided by the members who received them."),
    )
)
REDEMPTION_RATE = declare(
    Ratio(
        name="feather_redemption_rate",
        zh="羽毛消耗率",
        en="Redemption rate",
        numerator=REDEEMED,
        denominator=ISSUED,
        about=N_(
            "Feathers redeemed in the period divided by those issued in it. Not of the same feathers: what "
            "became of each month's feathers stands on the liability page."
        ),
    )
)
EARN_TO_REDEEM = declare(
    Conversion(
        name="earn_to_redeem",
        zh="获得→消耗转化率",
        en="Earn-to-redeem conversion",
        start=FeathersIssued,
        finish=FeathersSpent,
        within=timedelta(days=30),
        about=N_("Of the members who earned feathers, the share who spent some within 30 days after it."),
    )
)
