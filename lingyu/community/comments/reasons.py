"""Why a comment may be removed: a closed registry of reasons.

Holds the reasons a moderator may choose until the pact brings its clauses.
"""

from dataclasses import dataclass

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Reason(Named):
    """One reason, as its moderator chooses it and its author reads it."""

    code: str
    zh: str
    en: str


REASONS = {
    reason.code: reason
    for reason in (
        Reason("spam", "广告或刷屏", "Advertising or flooding"),
        Reason("unfriendly", "攻击、辱骂他人", "Attacks or insults someone"),
        Reason("off_topic", "与文章无关", "Has nothing to do with the article"),
        Reason("untrue", "内容不实", "Is not true"),
        Reason("private", "泄露他人隐私", "Gives away someone's private details"),
        Reason("unlawful", "涉嫌违法", "May be against the law"),
        Reason("other", "其他原因", "Another reason"),
    )
}
