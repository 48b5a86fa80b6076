"""The names behind the codes in facts of governance, for the rows of a breakdown."""

from dataclasses import dataclass

from django.utils.translation import get_language

from lingyu.community.cases.models import Case
from lingyu.community.pact import versions
from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Kind(Named):
    """What a text is, by its code in facts."""

    code: str
    zh: str
    en: str


# What texts are, in facts: the screening's kinds and the cases' subjects.
KINDS = {
    kind.code: kind
    for kind in (
        Kind("comment", zh="评论", en="Comment"),
        Kind("article", zh="文章", en="Article"),
        Kind("title", zh="标题", en="Title"),
        Kind("nickname", zh="昵称与简介", en="Name and self-description"),
        Kind("member", zh="个人资料", en="Profile"),
    )
}


def clause_names(keys: list) -> dict[str, str]:
    """“2.6 Abusive language”, by the code of the clause; of a code that no version knows nothing."""
    language, found = get_language() or "en", {}
    for number in versions.numbers():
        for clause in versions.numbered(number).clauses:
            found[clause.code] = f"{clause.code} {clause.label(language)}"
    return {key: found[key] for key in keys if key in found}


def kind_names(keys: list) -> dict[str, str]:
    """What a text is, by its kind."""
    language = get_language() or "en"
    return {key: KINDS[key].label(language) for key in keys if key in KINDS}


def origin_names(keys: list) -> dict[str, str]:
    """How a case began, by its code."""
    return {key: str(Case.Origin(key).label) for key in keys if key in Case.Origin.values}
