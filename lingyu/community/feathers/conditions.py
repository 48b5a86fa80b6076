"""Conditions of a rule: a small, closed and typed set of facts about an attempt, each with a bound.

Holds values and one pure function. Where the facts come from: `actions.facts` for those about the
member, the rewarding room for those about what was done.
"""

from dataclasses import dataclass

from lingyu.kernel.text import N_, Named


@dataclass(frozen=True)
class Condition(Named):
    """One condition: it holds when the fact of its name is at least its value.

    A yes or no is 1 or 0. `words` says to a member what is asked for.
    """

    code: str
    zh: str
    en: str
    words: str
    everywhere: bool = False

    def holds(self, facts: dict, value: int) -> bool:
        """Whether the facts of an attempt meet it; a fact that is missing does not."""
        return int(facts.get(self.code, 0)) >= value


CONDITIONS = {
    c.code: c
    for c in (
        Condition(
            "account_days",
            zh="注册满若干天",
            en="Days since joining",
            words=N_("Your account has to be %(value)s days old."),
            everywhere=True,
        ),
        Condition(
            "email_confirmed",
            zh="邮箱已验证",
            en="E-mail confirmed",
            words=N_("Your e-mail address has to be confirmed."),
            everywhere=True,
        ),
        Condition(
            "effective_reads",
            zh="有效阅读篇次",
            en="Effective reads",
            words=N_("You have to have read %(value)s articles to the end."),
            everywhere=True,
        ),
        Condition(
            "length",
            zh="内容字数",
            en="Characters written",
            words=N_("It has to be at least %(value)s characters long."),
        ),
        Condition(
            "others",
            zh="不是自己的内容",
            en="Somebody else's work",
            words=N_("It has to be somebody else's article."),
        ),
    )
}
