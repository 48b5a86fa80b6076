"""The manifest of community governance."""

from lingyu.kernel.operations import Drivers, Page, Panel, operation
from lingyu.kernel.text import N_

from . import desk
from . import metrics as m
from .names import clause_names, kind_names, origin_names, ruling_names

OPERATION = operation(
    code="governance",
    zh="社区治理",
    en="Governance",
    order=95,
    icon="scale",
    about=N_("What is screened, reported and decided, how soon, and how often we were wrong."),
    begin=N_("Texts are screened as members send them; cases begin with what is found and reported."),
    final=m.DECIDED_IN_TIME,
    tiles=(
        m.DECIDED_IN_TIME,
        m.CASES_OPENED,
        m.CASES_DECIDED,
        m.REPORTS_MADE,
        m.REPORT_ACCURACY,
        m.APPEALS_RULED,
        m.RULED_IN_TIME,
        m.APPEAL_SUCCESS,
    ),
    drivers=(
        Drivers(
            of=m.VIOLATIONS,
            levels=(m.CASES_DECIDED, m.VIOLATIONS),
            factors=(m.CASES_DECIDED, m.VIOLATION_RATE),
        ),
    ),
    panels=(
        Panel(
            code="trend",
            zh="趋势",
            en="Trend",
            kind="trend",
            wide=True,
            metrics=(m.CASES_OPENED, m.CASES_DECIDED, m.VIOLATIONS, m.REPORTS_MADE, m.APPEALS_MADE),
        ),
        Panel(
            code="bridge",
            zh="违规数从何而来",
            en="What moved the violations",
            kind="bridge",
            metrics=(m.VIOLATIONS,),
        ),
        Panel(
            code="clauses",
            zh="按条款",
            en="By clause",
            kind="breakdown",
            by="clause",
            names=clause_names,
            metrics=(m.VIOLATIONS, m.DECISIONS_REVERSED, m.REPORTS_MADE),
        ),
        Panel(
            code="origins",
            zh="按来源",
            en="By origin",
            kind="breakdown",
            by="origin",
            names=origin_names,
            metrics=(m.CASES_OPENED, m.CASES_DECIDED, m.VIOLATIONS),
        ),
        Panel(
            code="kinds",
            zh="按内容类型",
            en="By kind of text",
            kind="breakdown",
            by="kind",
            names=kind_names,
            metrics=(m.TEXTS_SCREENED, m.TEXTS_BLOCKED, m.TEXTS_FOR_REVIEW),
        ),
        Panel(
            code="outcomes",
            zh="申诉结果",
            en="How appeals ended",
            kind="breakdown",
            by="outcome",
            names=ruling_names,
            metrics=(m.APPEALS_RULED, m.APPEALS_IN_TIME),
        ),
    ),
    pages=(
        Page(code="at_hand", zh="当前待办", en="At hand", icon="inbox", view=desk.at_hand),
        Page(code="decisions", zh="裁决记录", en="Decisions", icon="scroll-text", view=desk.decisions),
    ),
)
