"""The numbers of user operations, over the facts of groups."""

from lingyu.kernel.metrics import Count, Derived, Distinct, Ratio, Sum, declare
from lingyu.kernel.text import N_

from .events import GroupJoined, GroupLeft, MessageSaid, SnapshotTaken

_COUNTED = "counted = true"
_VALID = "counted = true and valid = true"

ACTIVE_IN_GROUPS = declare(
    Distinct(
        name="group_active_members",
        zh="社群活跃人数",
        en="Members active in groups",
        event=MessageSaid,
        field="person",
        where=_VALID,
        about=N_(
            "Different members with at least one valid message in a group in the period; never added up from "
            "days or groups. Staff and bots are left out, and so are messages that say nothing."
        ),
    )
)
SPEAKERS = declare(
    Distinct(
        name="group_speakers",
        zh="发言人数",
        en="Speakers",
        event=MessageSaid,
        field="person",
        where=_COUNTED,
        about=N_("Different members who sent anything into a group, valid or not. Without staff and bots."),
    )
)
SUBSTANCE = declare(
    Ratio(
        name="group_speakers_of_substance",
        zh="有效发言者占比",
        en="Share of speakers who said something",
        numerator=ACTIVE_IN_GROUPS,
        denominator=SPEAKERS,
        about=N_("Of the members who sent anything, the share with at least one valid message."),
    )
)
MESSAGES = declare(
    Count(
        name="group_messages",
        zh="发言数",
        en="Messages",
        event=MessageSaid,
        where=_COUNTED,
        about=N_(
            "Everything members sent into groups, “received” and stickers included; without staff and bots."
        ),
    )
)
VALID_MESSAGES = declare(
    Count(
        name="group_valid_messages",
        zh="有效发言数",
        en="Valid messages",
        event=MessageSaid,
        where=_VALID,
        about=N_("Messages of members that count by the rules in force when they came in."),
    )
)
VALID_SHARE = declare(
    Ratio(
        name="group_valid_share",
        zh="有效发言率",
        en="Share of valid messages",
        numerator=VALID_MESSAGES,
        denominator=MESSAGES,
        about=N_("Valid messages of everything that members sent."),
    )
)
MESSAGES_EACH = declare(
    Ratio(
        name="group_messages_per_active",
        zh="人均有效发言",
        en="Valid messages a member",
        unit="number",
        numerator=VALID_MESSAGES,
        denominator=ACTIVE_IN_GROUPS,
        about=N_(
            "Valid messages divided by the members who sent them. A mean: look at the concentration, too."
        ),
    )
)
JOINED = declare(
    Count(
        name="group_joins",
        zh="入群",
        en="Joined a group",
        event=GroupJoined,
        where=_COUNTED,
        about=N_(
            "Stays in groups that began. Where no member list is known, the first message counts as the "
            "beginning."
        ),
    )
)
LEFT = declare(
    Count(
        name="group_leaves",
        zh="退群",
        en="Left a group",
        event=GroupLeft,
        where=_COUNTED,
        good="down",
        about=N_(
            "Stays in groups that ended, by quitting, removal or unknown. Who merely falls silent is not "
            "in it."
        ),
    )
)
QUITS = declare(
    Count(
        name="group_quits",
        zh="主动退群",
        en="Quit a group",
        event=GroupLeft,
        where="counted = true and how = 'quit'",
        good="down",
        about=N_("Stays that members ended themselves."),
    )
)
NET_JOINED = declare(
    Derived(
        name="group_net_joins",
        zh="净入群",
        en="Net joins",
        unit="count",
        plus=(JOINED,),
        minus=(LEFT,),
        about=N_("Stays that began less stays that ended."),
    )
)
STAYED = declare(
    Sum(
        name="group_days_stayed",
        zh="退群者在群天数",
        en="Days that leavers had stayed",
        event=GroupLeft,
        field="stay",
        where=_COUNTED,
        unit="count",
        good="neither",
        about=N_("Whole days between joining and leaving, added up over stays that ended."),
    )
)
MEAN_STAY = declare(
    Ratio(
        name="group_mean_stay",
        zh="退群者平均在群天数",
        en="Mean stay of leavers",
        unit="number",
        good="neither",
        numerator=STAYED,
        denominator=LEFT,
        about=N_(
            "Mean days in the group of those who left. Whoever is still there is not in it, so it "
            "is shorter than "
            "how long members stay: see the survival curve for that."
        ),
    )
)
WECOM_MESSAGES = declare(
    Sum(
        name="wecom_group_messages",
        zh="企业微信群消息数",
        en="Messages in WeCom groups",
        event=SnapshotTaken,
        field="group_messages",
        unit="count",
        about=N_(
            "What WeCom itself counted in the groups of our owners, on the day of which it told. "
            "Staff are in it, and what says nothing: it cannot be judged."
        ),
    )
)
