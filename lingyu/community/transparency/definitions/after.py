"""Numbers after the decision: appeals, what followed for members, corrections.

Holds declarations.
"""

from lingyu.kernel.text import N_

from .numbers import Group, Number

GROUPS = (
    Group(
        "appeals",
        zh="申诉",
        en="Appeals",
        numbers=(
            Number(
                "appeals",
                zh="申诉",
                en="Appeals",
                about=N_("Appeals made in the month by authors and by reporters; one a person and decision."),
            ),
            Number(
                "rulings",
                zh="申诉裁定",
                en="Appeals ruled on",
                about=N_("Appeals that somebody other than who decided ended in the month."),
            ),
            Number(
                "overturn_rate",
                zh="撤销率",
                en="Overturned",
                about=N_(
                    "Of the appeals ruled on in the month, the share after which the decision was "
                    "overturned: how often we turn out to be wrong when asked."
                ),
                unit="ratio",
            ),
            Number(
                "appeal_time",
                zh="申诉用时（中位）",
                en="Time to ruling (median)",
                about=N_("From an appeal to its ruling: half of them took less."),
                unit="hours",
            ),
            Number(
                "appeals_in_time",
                zh="申诉按时率",
                en="Appeals in time",
                about=N_("Appeals ruled on within 72 hours, of those ruled on in the month."),
                unit="ratio",
            ),
            Number(
                "appeals_waiting",
                zh="期末未裁申诉",
                en="Appeals waiting at the end",
                about=N_("Appeals that had been made and not ruled on when the month ended."),
            ),
        ),
    ),
    Group(
        "consequences",
        zh="处罚",
        en="What followed",
        numbers=(
            Number(
                "findings",
                zh="违规记录",
                en="Findings",
                about=N_("Breaches confirmed in the month, each against one member."),
            ),
            Number(
                "members_found",
                zh="涉及会员",
                en="Members concerned",
                about=N_("Different members with at least one finding in the month."),
            ),
            Number(
                "rungs",
                zh="处罚档位",
                en="Rungs",
                about=N_(
                    "The rung to which each finding of the month comes, computed by the ladder from all "
                    "findings known; nobody sets it by hand."
                ),
            ),
            Number(
                "seconds",
                zh="第二人复核",
                en="Second confirmations",
                about=N_("Permanent or aggravated penalties that a second moderator confirmed in the month."),
            ),
            Number(
                "rested",
                zh="超时暂缓",
                en="Penalties rested",
                about=N_("Penalties that began to rest in the month because we were late with their appeal."),
            ),
        ),
    ),
    Group(
        "corrections",
        zh="更正",
        en="Corrections",
        numbers=(
            Number(
                "reversals",
                zh="本月撤销的裁决",
                en="Decisions reversed",
                about=N_("Decisions reversed in the month, whenever they had been made."),
            ),
            Number(
                "reversed_since",
                zh="本月裁决此后被撤销",
                en="This month's, reversed since",
                about=N_("Decisions of this month that have been reversed, in it or later."),
            ),
            Number(
                "violations_standing",
                zh="仍然成立的违规",
                en="Violations that stand",
                about=N_("Violations found in the month, without those that have been reversed."),
            ),
            Number(
                "milder_since",
                zh="此后减轻的违规",
                en="Made milder since",
                about=N_("Findings of this month that an appeal has made less severe, in it or later."),
            ),
        ),
    ),
)
