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
    "机审文本数",
    "Texts screened",
    TextScreened,
    N_("Texts that members wanted to publish, each time they sent one; drafts are not screened."),
    good="neither",
)
TEXTS_BLOCKED = _count(
    "texts_blocked",
    "机审拦截数",
    "Texts blocked",
    TextScreened,
    N_("Texts that the screening refused; the same text sent again counts again."),
    where="verdict = 'block'",
    good="down",
)
TEXTS_FOR_REVIEW = _count(
    "texts_for_review",
    "机审转人工数",
    "Texts for review",
    TextScreened,
    N_("Texts that the screening wants a person to look at."),
    where="verdict = 'review'",
    good="neither",
)
BLOCK_RATE = _share(
    "block_rate",
    "拦截率",
    "Share blocked",
    TEXTS_BLOCKED,
    TEXTS_SCREENED,
    N_("Texts refused by the screening, of all that were screened."),
    good="neither",
)
REPORTS_MADE = _count(
    "reports_made",
    "举报数",
    "Reports",
    SubjectReported,
    N_("Reports by members; one a member and case, however often they press."),
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
    "已办结举报",
    "Reports settled",
    ReportSettled,
    N_("Reports whose case was decided, on the day of the decision."),
)
REPORTS_UPHELD = _count(
    "reports_upheld",
    "属实举报",
    "Reports upheld",
    ReportSettled,
    N_("Reports whose subject was found to break the pact, by whichever clause."),
    where="outcome = 'upheld'",
)
REPORT_ACCURACY = _share(
    "report_accuracy",
    "举报属实率",
    "Share of reports upheld",
    REPORTS_UPHELD,
    REPORTS_SETTLED,
    N_("Reports that were upheld, of those settled in the period."),
)
CASES_OPENED = _count(
    "cases_opened",
    "立案数",
    "Cases opened",
    CaseOpened,
    N_("Subjects that a person had to look at; several reports of one subject are one case."),
    good="neither",
)
CASES_DECIDED = _count(
    "cases_decided",
    "结案数",
    "Cases decided",
    CaseDecided,
    N_("Cases decided in the period, whatever the outcome, on the day of the decision."),
)
CASES_IN_TIME = _count(
    "cases_in_time",
    "按时结案数",
    "Cases decided in time",
    CaseDecided,
    N_("Cases decided before they were due: minors 1 hour, unlawful 4 hours, others 24 hours."),
    where="in_time = true",
)
DECIDED_IN_TIME = _share(
    "decided_in_time",
    "按时结案率",
    "Decided in time",
    CASES_IN_TIME,
    CASES_DECIDED,
    N_("Cases decided before they were due, of those decided in the period. Cases still open are left out."),
)
VIOLATIONS = _count(
    "violations",
    "违规认定数",
    "Violations",
    CaseDecided,
    N_("Cases in which the pact was found broken; decisions reversed later stay counted here."),
    where="outcome = 'violation'",
    good="down",
)
VIOLATION_RATE = _share(
    "violation_rate",
    "违规率",
    "Share of violations",
    VIOLATIONS,
    CASES_DECIDED,
    N_("Cases in which the pact was found broken, of those decided in the period."),
    good="neither",
)
FOUND_BY_MACHINE = _count(
    "violations_found_by_machine",
    "机审发现的违规",
    "Violations found by the screening",
    CaseDecided,
    N_("Violations whose case the screening had begun or joined."),
    where="outcome = 'violation' and by_machine = true",
)
APPEALS_MADE = _count(
    "appeals_made",
    "申诉数",
    "Appeals",
    DecisionAppealed,
    N_("Appeals by authors and reporters; one a person and decision."),
    good="neither",
)
APPEALS_RULED = _count(
    "appeals_ruled",
    "申诉办结数",
    "Appeals ruled on",
    AppealRuled,
    N_("Appeals that another than who decided has ruled on, on that day."),
)
APPEALS_IN_TIME = _count(
    "appeals_in_time",
    "按时办结申诉",
    "Appeals ruled on in time",
    AppealRuled,
    N_("Appeals ruled on within 72 hours."),
    where="in_time = true",
)
RULED_IN_TIME = _share(
    "appeals_ruled_in_time",
    "申诉按时率",
    "Appeals in time",
    APPEALS_IN_TIME,
    APPEALS_RULED,
    N_("Appeals ruled on within 72 hours, of those ruled on in the period."),
)
APPEALS_WON = _count(
    "appeals_won",
    "申诉改判数",
    "Appeals won",
    AppealRuled,
    N_("Appeals after which the decision was overturned or made milder."),
    where="outcome != 'upheld'",
    good="neither",
)
APPEAL_SUCCESS = _share(
    "appeal_success",
    "申诉改判率",
    "Share of appeals won",
    APPEALS_WON,
    APPEALS_RULED,
    N_("Appeals that changed the decision, of those ruled on in the period: a measure of how often we err."),
    good="down",
)
DECISIONS_REVERSED = _count(
    "decisions_reversed",
    "撤销裁决数",
    "Decisions reversed",
    DecisionReversed,
    N_("Decisions undone, by appeal or by who made them, on the day of the reversal."),
    good="down",
)
