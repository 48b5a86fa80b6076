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
        Reason("spam", zh="广告或刷屏", en="Advertising or flooding"),
        Reason("unfriendly", zh="攻击、辱骂他人", en="Attacks or insults someone"),
        Reason("off_topic", zh="与文章无关", en="Has nothing to do with the article"),
        Reason("untrue", zh="内容不实", en="Is not true"),
        Reason("private", zh="泄露他人隐私", en="Gives away someone's private details"),
        Reason("unlawful", zh="涉嫌违法", en="May be against the law"),
        Reason("other", zh="其他原因", en="Another reason"),
    )
}
