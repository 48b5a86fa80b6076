"""The numbers of governance, over the facts of the pact and the cases."""

from lingyu.community.cases.events import (
    AppealRuled,
    CaseDecided,
    CaseOpened,
    DecisionAppealed,
    DecisionReversed,
    ReportSettled,
    SubjectReported,
)
from lingyu.community.pact.events import TextScreened
from lingyu.kernel.metrics import Count, Distinct, Ratio, declare
from lingyu.kernel.text import N_


def _count(name: str, zh: str, en: str, event: type, about: str, **more) -> Count:
    return declare(Count(name=name, zh=zh, en=en, event=event, about=about, **more))


def _share(name: str, zh: str, en: str, part, whole, about: str, good: str = "up") -> Ratio:
    told = {"name": name, "zh": zh, "en": en, "about": about, "good": good}
    return declare(Ratio(numerator=part, denominator=whole, **told))


TEXTS_SCREENED = _count(
    "texts_screened",
    zh="机审文本数",
    en="Texts screened",
    event=TextScreened,
    about=N_("Texts that members wanted to publish, each time they sent one; drafts are not screened."),
    good="neither",
)
TEXTS_BLOCKED = _count(
    "texts_blocked",
    zh="机审拦截数",
    en="Texts blocked",
    event=TextScreened,
    about=N_("Texts that the screening refused; the same text sent again counts again."),
    where="verdict = 'block'",
    good="down",
)
TEXTS_FOR_REVIEW = _count(
    "texts_for_review",
    zh="机审转人工数",
    en="Texts for review",
    event=TextScreened,
    about=N_("Texts that the screening wants a person to look at."),
    where="verdict = 'review'",
    good="neither",
)
BLOCK_RATE = _share(
    "block_rate",
    zh="拦截率",
    en="Share blocked",
    part=TEXTS_BLOCKED,
    whole=TEXTS_SCREENED,
    about=N_("Texts refused by the screening, of all that were screened."),
    good="neither",
)
REPORTS_MADE = _count(
    "reports_made",
    zh="举报数",
    en="Reports",
    event=SubjectReported,
    about=N_("Reports by members; one a member and case, however often they press."),
    good="neither",
)
REPORTERS = declare(
    Distinct(
        name="reporters",
        zh="举报人数",
        en="Members who reported",
        event=SubjectReported,
        field="person",
        about=N_("Different members with at least one report in the period."),
    )
)
REPORTS_SETTLED = _count(
    "reports_settled",
    zh="已办结举报",
    en="Reports settled",
    event=ReportSettled,
    about=N_("Reports whose case was decided, on the day of the decision."),
)
REPORTS_UPHELD = _count(
    "reports_upheld",
    zh="属实举报",
    en="Reports upheld",
    event=ReportSettled,
    about=N_("Reports whose subject was found to break the pact, by whichever clause."),
    where="outcome = 'upheld'",
)
REPORT_ACCURACY = _share(
    "report_accuracy",
    zh="举报属实率",
    en="Share of reports upheld",
    part=REPORTS_UPHELD,
    whole=REPORTS_SETTLED,
    about=N_("Reports that were upheld, of those settled in the period."),
)
CASES_OPENED = _count(
    "cases_opened",
    zh="立案数",
    en="Cases opened",
    event=CaseOpened,
    about=N_("Subjects that a person had to look at; several reports of one subject are one case."),
    good="neither",
)
CASES_DECIDED = _count(
    "cases_decided",
    zh="结案数",
    en="Cases decided",
    event=CaseDecided,
    about=N_("Cases decided in the period, whatever the outcome, on the day of the decision."),
)
CASES_IN_TIME = _count(
    "cases_in_time",
    zh="按时结案数",
    en="Cases decided in time",
    event=CaseDecided,
    about=N_("Cases decided before they were due: minors 1 hour, unlawful 4 hours, others 24 hours."),
    where="in_time = true",
)
DECIDED_IN_TIME = _share(
    "decided_in_time",
    zh="按时结案率",
    en="Decided in time",
    part=CASES_IN_TIME,
    whole=CASES_DECIDED,
    about=N_(
        "Cases decided before they were due, of those decided in the period. Cases still open are left out."
    ),
)
VIOLATIONS = _count(
    "violations",
    zh="违规认定数",
    en="Violations",
    event=CaseDecided,
    about=N_("Cases in which the pact was found broken; decisions reversed later stay counted here."),
    where="outcome = 'violation'",
    good="down",
)
VIOLATION_RATE = _share(
    "violation_rate",
    zh="违规率",
    en="Share of violations",
    part=VIOLATIONS,
    whole=CASES_DECIDED,
    about=N_("Cases in which the pact was found broken, of those decided in the period."),
    good="neither",
)
FOUND_BY_MACHINE = _count(
    "violations_found_by_machine",
    zh="机审发现的违规",
    en="Violations found by the screening",
    event=CaseDecided,
    about=N_("Violations whose case the screening had begun or joined."),
    where="outcome = 'violation' and by_machine = true",
)
APPEALS_MADE = _count(
    "appeals_made",
    zh="申诉数",
    en="Appeals",
    event=DecisionAppealed,
    about=N_("Appeals by authors and reporters; one a person and decision."),
    good="neither",
)
APPEALS_RULED = _count(
    "appeals_ruled",
    zh="申诉办结数",
    en="Appeals ruled on",
    event=AppealRuled,
    about=N_("Appeals that another than who decided has ruled on, on that day."),
)
APPEALS_IN_TIME = _count(
    "appeals_in_time",
    zh="按时办结申诉",
    en="Appeals ruled on in time",
    event=AppealRuled,
    about=N_("Appeals ruled on within 72 hours."),
    where="in_time = true",
)
RULED_IN_TIME = _share(
    "appeals_ruled_in_time",
    zh="申诉按时率",
    en="Appeals in time",
    part=APPEALS_IN_TIME,
    whole=APPEALS_RULED,
    about=N_("Appeals ruled on within 72 hours, of those ruled on in the period."),
)
APPEALS_WON = _count(
    "appeals_won",
    zh="申诉改判数",
    en="Appeals won",
    event=AppealRuled,
    about=N_("Appeals after which the decision was overturned or made milder."),
    where="outcome != 'upheld'",
    good="neither",
)
APPEAL_SUCCESS = _share(
    "appeal_success",
    zh="申诉改判率",
    en="Share of appeals won",
    part=APPEALS_WON,
    whole=APPEALS_RULED,
    about=N_(
        "Appeals that changed the decision, of those ruled on in the period: a measure of how often we err."
    ),
    good="down",
)
DECISIONS_REVERSED = _count(
    "decisions_reversed",
    zh="撤销裁决数",
    en="Decisions reversed",
    event=DecisionReversed,
    about=N_("Decisions undone, by appeal or by who made them, on the day of the reversal."),
    good="down",
)
