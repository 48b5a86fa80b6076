"""What people call the classes of harmful text, and the clauses of the pact that they mean.

Holds no file reading.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.community.pact.screening.families import OK

from .errors import TeachingRefused

# The six classes that moderation sets have, as those sets and operators call them, and some more.
NAMES = {
    "1.8": "gambling gamble 赌博 博彩 涉赌 赌博类",
    "1.13": "drugs contraband 涉毒 违禁品 违禁 毒品",
    "4.1": "porn pornography sexual nsfw 色情 低俗色情 涉黄 淫秽色情",
    "2.6": "abuse abusive insult toxic offensive 谩骂 辱骂 低俗辱骂 谩骂引战 侮辱谩骂 攻击谩骂",
    "2.7": "hate discrimination sexism racism 歧视 仇恨 仇恨言论",
    "3.7": "fraud scam 欺诈 诈骗 欺骗",
    "3.1": "ads ad advertising advertisement spam 引流 广告 黑产广告 垃圾广告 引流广告",
    "6.4": "superstition 迷信 封建迷信",
    "7.1": "clickbait 标题党",
    "8.2": "fandom 饭圈 饭圈乱象",
    OK: "ok okay normal pass clean benign safe ham none non-offensive 正常 不违规 无违规 合规 通过 良性 无",
}
_BY_NAME = {name: label for label, names in NAMES.items() for name in names.split()}
_SEVERAL = re.compile(r"[|,;、，；]")


def mapping(given: Iterable[str], codes: Iterable[str]) -> dict[str, str]:
    """`NAME=CLAUSE` pairs as a mapping; a clause is a code of the pact, a category, a known name, or `ok`.

    Raises:
        TeachingRefused: A pair has no `=`, or means no clause.
    """
    known, found = frozenset(codes), {}
    for pair in given:
        name, mark, meant = pair.partition("=")
        label = _category(meant, known) or meaning(meant, {}, known)
        if not mark or label is None:
            raise TeachingRefused(
                _(
                    "--map %(pair)s: write LABEL=CLAUSE, where CLAUSE is a clause of the pact such as 2.6, "
                    "one of the nine such as 2, or ok"
                )
                % {"pair": pair}
            )
        found[_plain(name)] = label
    return found


def meaning(name: str, mapped: Mapping[str, str], codes: Collection[str]) -> str | None:
    """The clause, category or `ok` that one label means, or None.

    A bare number is no category: in most sets 1 means yes.
    """
    plain = _plain(name)
    if plain in mapped:
        return mapped[plain]
    return plain if plain in codes else _BY_NAME.get(plain)


def meanings(cell: str, mapped: Mapping[str, str], codes: Collection[str]) -> frozenset[str] | None:
    """The clauses that a cell means, which may name several; empty for `ok`, None where one is unknown."""
    whole = meaning(cell, mapped, codes)
    found = (
        [whole] if whole else [meaning(part, mapped, codes) for part in _SEVERAL.split(cell) if part.strip()]
    )
    if not found or None in found:
        return None
    return frozenset(label for label in found if label and label != OK)


def unknown(names: Counter[str], where: str, mapped: Mapping[str, str]) -> TeachingRefused:
    """The refusal of labels that mean nothing yet, with what to write so that they do."""
    shown = [name for name, count in names.most_common(12)]
    lines = [
        ngettext(
            "%(where)s: the label %(names)s means no clause of the pact yet.",
            "%(where)s: the labels %(names)s mean no clause of the pact yet.",
            len(names),
        )
        % {"where": where, "names": ", ".join(f"“{n}” ({names[n]}×)" for n in shown)},
        _("Say what each of them is, for instance:"),
        "  " + " ".join(f"--map {n or '…'}={OK if n in {'0', 'false'} else '2.6'}" for n in shown[:4]),
        _("Clauses are on the page of the pact. Known without saying: %(names)s.")
        % {
            "names": ", ".join(names.split()[0] for names in NAMES.values())
            + ", 赌博, 色情, 谩骂, 欺诈, 广告, 正常"
        },
    ]
    return TeachingRefused("\n".join(lines))


def _category(name: str, codes: Collection[str]) -> str | None:
    plain = _plain(name)
    return plain if plain and any(code.startswith(plain + ".") for code in codes) else None


def _plain(name: str) -> str:
    plain = name.strip().casefold()
    # Tables made by other programs write the whole number 1 as 1.0; no clause is called so.
    return plain[:-2] if re.fullmatch(r"\d+\.0", plain) else plain
