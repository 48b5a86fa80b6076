"""Numbers up to the decision: how breaches are found, and what is decided how soon.

Holds declarations.
"""

from lingyu.kernel.text import N_

from .numbers import Group, Number

GROUPS = (
    Group(
        "finding",
        zh="怎样发现",
        en="How breaches are found",
        numbers=(
            Number(
                "screened",
                zh="机审文本",
                en="Texts screened",
                about=N_("Texts that members wanted to publish, each time they sent one."),
            ),
            Number(
                "screened_passed",
                zh="机审通过",
                en="Passed by the screening",
                about=N_("Of these, texts in which the screening found nothing."),
            ),
            Number(
                "screened_review",
                zh="机审转人工",
                en="Handed to a person",
                about=N_("Of these, texts that the screening wanted a person to look at."),
            ),
            Number(
                "screened_blocked",
                zh="机审拦截",
                en="Refused by the screening",
                about=N_("Of these, texts that were not published; the same text sent again counts again."),
            ),
            Number(
                "contested",
                zh="请求人工复看",
                en="Refusals contested",
                about=N_("Refused texts whose writers asked for a person to look."),
            ),
            Number(
                "reports",
                zh="举报",
                en="Reports",
                about=N_("Reports that members made in the month; one a member and case."),
            ),
            Number(
                "reports_settled",
                zh="已办结举报",
                en="Reports settled",
                about=N_("Reports whose case was decided in the month, whenever they were made."),
            ),
            Number(
                "reports_upheld",
                zh="属实举报",
                en="Reports upheld",
                about=N_("Of these, reports of what was found to break the pact, by whichever clause."),
            ),
            Number(
                "report_accuracy",
                zh="举报属实率",
                en="Share of reports upheld",
                about=N_("Reports upheld, of reports settled."),
                unit="ratio",
            ),
            Number(
                "cases",
                zh="立案",
                en="Cases opened",
                about=N_(
                    "Subjects that a person had to look at; several reports of one subject are one case."
                ),
            ),
            Number(
                "cases_waiting",
                zh="期末未结案件",
                en="Cases open at the end",
                about=N_("Cases that had been opened and not decided when the month ended."),
            ),
        ),
    ),
    Group(
        "deciding",
        zh="裁决",
        en="Decisions",
        numbers=(
            Number(
                "decisions",
                zh="裁决",
                en="Decisions",
                about=N_("Cases decided in the month, whatever the outcome and whenever they were opened."),
            ),
            Number(
                "violations",
                zh="认定违规",
                en="Found to break the pact",
                about=N_("Decisions in the month that found a clause broken, later reversals included."),
            ),
            Number(
                "decisions_clear",
                zh="认定不违规",
                en="Found not to break it",
                about=N_("Decisions in the month that found nothing broken."),
            ),
            Number(
                "time",
                zh="裁决用时（中位）",
                en="Time to decision (median)",
                about=N_("From the opening of a case to its decision: half of them took less."),
                unit="hours",
            ),
            Number(
                "timed",
                zh="按时限类别的裁决",
                en="Decisions by deadline",
                about=N_(
                    "Decisions of the month by what had been promised, at the gravest suspicion before the "
                    "decision."
                ),
            ),
            Number(
                "in_time",
                zh="按时裁决率",
                en="Decided in time",
                about=N_(
                    "Decisions made before they were due, of all decisions of the month. Cases still open "
                    "are not among them: they stand under “open at the end”."
                ),
                unit="ratio",
            ),
        ),
    ),
)
