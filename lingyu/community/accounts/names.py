"""Names that nobody may take: those that speak for the site, and those mistaken for another's.

Holds the reserved names and what makes two names look alike. Does not check a form: the sign-up
(`adapter`) and the profile (`forms`) ask here.
"""

import re
import unicodedata

# Letters of other scripts, and digits, drawn like a Latin letter (after Unicode's confusables, UTS 39).
_TWINS = str.maketrans(
    {
        **dict(zip("аеорсухіјѕԁԛԝһӏкмтвнг", "aeopcyxijsdqwhlkmtbhr", strict=True)),  # Cyrillic
        **dict(zip("αορνκιτηυωεβγχμ", "aopvkitnuwebyxm", strict=True)),  # Greek
        **dict(zip("01|5", "olls", strict=True)),
    }
)
_MARKS = re.compile(r"[\s._\-·•'’‘`~]+")
# Drawn alike in most faces: two strokes that read as one letter.
_PAIRS = (("rn", "m"), ("vv", "w"))


def _declared(*, en: str, zh: str) -> frozenset[str]:
    return frozenset(f"{en} {zh}".split())


# Whole names that would pass for the site itself.
RESERVED = _declared(
    en="admin administrator root superuser sysadmin webmaster postmaster hostmaster system official staff "
    "team support help helpdesk service security abuse noreply no-reply moderator mod operator owner "
    "lingyu me api null undefined none anonymous everyone nobody erased deleted guest",
    zh="官方 官方账号 官方客服 管理员 超级管理员 系统 系统通知 系统管理员 客服 在线客服 站长 版主 运营 "
    "小编 编辑部 翎羽 翎羽官方 翎羽客服 审核员 审核 公告 匿名 游客 已注销会员 所有人",
)
# Parts that make any name one of the site's.
SPEAKING = _declared(en="official administrator", zh="官方 管理员 客服")


def skeleton(name: str) -> str:
    """What a reader takes a name for: one form for all that look alike. Empty for a name of marks only.

    NFKC, case folded, without accents and marks between letters, look-alikes of other scripts and
    digits as the Latin letter they resemble.
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    text = "".join(c for c in text if unicodedata.category(c)[0] not in {"M", "C"})
    text = _MARKS.sub("", text).translate(_TWINS).replace("i", "l")
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text[:120]


_RESERVED_KEYS = frozenset(skeleton(name) for name in RESERVED)
_SPEAKING_KEYS = tuple(skeleton(name) for name in SPEAKING)


def is_reserved(name: str) -> bool:
    """Whether a name would pass for the site or for someone who works on it."""
    key = skeleton(name)
    return key in _RESERVED_KEYS or any(part in key for part in _SPEAKING_KEYS)
