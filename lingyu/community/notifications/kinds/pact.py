"""What is said of the pact: decisions, reports, appeals, new versions."""

from lingyu.kernel.text import N_

from .registry import declare

DECIDED = declare(
    "pact_decided",
    zh="针对我的裁决",
    en="Decisions about me",
    one=N_(
        "What you wrote breaks the pact (%(clause)s) and was taken out of sight. Read why, and how to appeal"
    ),
    many=N_("%(count)s decisions were made about what you wrote. Read why, and how to appeal"),
    icon="scale",
    area="pact",
    tone="bad",
)
LET_PASS = declare(
    "pact_let_pass",
    zh="送审内容通过",
    en="Held words let pass",
    one=N_("A moderator has let your words pass: they are published"),
    many=N_("A moderator has let %(count)s of your texts pass: they are published"),
    icon="circle-check",
    area="pact",
    tone="good",
)
REVERSED = declare(
    "pact_reversed",
    zh="裁决撤销",
    en="Decisions reversed",
    one=N_("A decision about you was reversed: everything that followed from it is undone"),
    many=N_("%(count)s decisions about you were reversed: everything that followed from them is undone"),
    icon="rotate-ccw",
    area="pact",
    tone="good",
)
REPORT_SETTLED = declare(
    "pact_report_settled",
    zh="举报结果",
    en="Outcome of my reports",
    one=N_("What you reported (%(clause)s) has been decided: %(outcome)s"),
    many=N_("%(count)s of your reports have been decided"),
    icon="flag",
    area="pact",
)
REPORT_CHANGED = declare(
    "pact_report_changed",
    zh="举报结果更正",
    en="Corrected outcomes of my reports",
    one=N_("The decision on what you reported (%(clause)s) was reversed. It ends as: %(outcome)s"),
    many=N_("The decisions on %(count)s of your reports were reversed"),
    icon="rotate-ccw",
    area="pact",
)
APPEAL_RULED = declare(
    "pact_appeal_ruled",
    zh="申诉结果",
    en="Outcome of my appeals",
    one=N_("Your appeal has been ruled on: %(outcome)s"),
    many=N_("%(count)s of your appeals have been ruled on"),
    icon="gavel",
    area="pact",
)
RESTING = declare(
    "pact_resting",
    zh="处罚暂缓执行",
    en="Penalties resting",
    one=N_("We are late with your appeal, so the penalty rests until it is ruled on"),
    many=N_("We are late with your appeals, so %(count)s penalties rest until they are ruled on"),
    icon="hourglass",
    area="pact",
    tone="good",
)
REFUSED_WRONGLY = declare(
    "pact_refused_wrongly",
    zh="误拦致歉",
    en="Refused by mistake",
    one=N_("We refused a text of yours by mistake. The rule is gone: you can send it again"),
    many=N_("We refused %(count)s of your texts by mistake. The rule is gone: you can send them again"),
    icon="undo-2",
    area="pact",
    tone="good",
)
VERSION_ANNOUNCED = declare(
    "pact_announced",
    zh="公约新版公示",
    en="New versions of the pact",
    one=N_("Version %(number)s of the pact comes into force on %(day)s. See what changes"),
    many=N_("%(count)s new versions of the pact were announced. See what changes"),
    icon="scroll-text",
    area="pact",
    mail=False,
)
