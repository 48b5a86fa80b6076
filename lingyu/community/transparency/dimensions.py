"""What people call the values that numbers are broken down by: clauses, kinds, origins, rungs and the like.

Holds declarations and look-ups; `definitions` says what the numbers themselves mean.
"""

from dataclasses import dataclass

from lingyu.community.cases.models import Appeal, Case, Ruling
from lingyu.community.pact import versions
from lingyu.community.pact.ladder import RUNGS
from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Name(Named):
    """One value, or one dimension, by its code."""

    code: str
    zh: str
    en: str


def _named(*names: Name) -> dict[str, Name]:
    return {name.code: name for name in names}


DIMENSIONS = _named(
    Name("clause", zh="条款", en="Clause"),
    Name("kind", zh="内容类型", en="Kind of text"),
    Name("origin", zh="案件来源", en="How the case began"),
    Name("found", zh="由谁发现", en="Found by"),
    Name("decider", zh="由谁裁决", en="Decided by"),
    Name("restriction", zh="对内容的处理", en="What became of the text"),
    Name("deadline", zh="时限类别", en="Kind of deadline"),
    Name("side", zh="申诉方", en="Who appealed"),
    Name("outcome", zh="申诉结果", en="How the appeal ended"),
    Name("rung", zh="处罚档位", en="Rung"),
    Name("way", zh="撤销方式", en="How it was reversed"),
)
KINDS = _named(
    Name("comment", zh="评论", en="Comment"),
    Name("article", zh="文章", en="Article"),
    Name("title", zh="标题", en="Title"),
    Name("nickname", zh="昵称与简介", en="Name and self-description"),
    Name("member", zh="个人资料", en="Profile"),
)
_VALUES = {
    "kind": KINDS,
    "found": _named(Name("machine", zh="机审", en="Screening"), Name("person", zh="人", en="People")),
    "decider": _named(
        Name("person", zh="版主", en="A moderator"), Name("house", zh="系统自动", en="The house by itself")
    ),
    "restriction": _named(
        Name("removed", zh="下架", en="Taken out of sight"), Name("none", zh="保留", en="Left as it is")
    ),
    "deadline": _named(
        Name("minors", zh="涉及未成年人（1 小时）", en="May harm a minor (1 hour)"),
        Name("illegal", zh="涉嫌违法（4 小时）", en="May be unlawful (4 hours)"),
        Name("others", zh="其他（24 小时）", en="Others (24 hours)"),
    ),
    "rung": _named(
        *(Name(rung.code, zh=rung.zh, en=rung.en) for rung in RUNGS.values()),
        # A finding that moved nobody: the act had come to light too late.
        Name("clear", zh="不计处罚（行为过久）", en="No penalty (the act was too old)"),
        Name("overturned", zh="已撤销", en="Overturned"),
    ),
    "way": _named(
        Name("appeal", zh="经申诉撤销", en="By an appeal"), Name("own", zh="主动撤回", en="Taken back")
    ),
}
_CHOICES = {"origin": Case.Origin, "side": Appeal.Side, "outcome": Ruling.Outcome}


def name_of(dimension: str, value: str, language: str) -> str:
    """What people call a value; the value itself where nobody knows it any more."""
    return names_of(dimension, language).get(value, value)


def names_of(dimension: str, language: str) -> dict[str, str]:
    """Every value of a dimension with its name, in the order in which people know them."""
    if dimension == "clause":
        return clause_names(language)
    if dimension in _CHOICES:
        return {value: str(words) for value, words in _CHOICES[dimension].choices}
    return {code: name.label(language) for code, name in _VALUES.get(dimension, {}).items()}


def clause_names(language: str) -> dict[str, str]:
    """“2.6 Abusive language”, by the code; of a clause that changed its name, the latest one."""
    known = [clause for number in versions.numbers() for clause in versions.numbered(number).clauses]
    return {clause.code: f"{clause.code} {clause.label(language)}" for clause in known}
