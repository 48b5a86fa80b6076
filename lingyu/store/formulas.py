"""What a spreadsheet would execute, and how a text is kept from being executed.

Holds the one list of dangerous beginnings, for tables that come in and tables that go out.
"""

import re

# Spreadsheets look past white space and controls; full-width signs count in Chinese settings.
_DANGEROUS = re.compile(r"[\s\x00-\x20\ufeff\u200b\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
# What makes a text beginning with + - @ a formula: a function call, or a DDE link `…|…!A1`.
_CALL = re.compile(r"[=+\-@][=+\-@\s(\d.]*[A-Za-z_][\w.]*\s*\(")
_LINK = re.compile(r"[=+\-@].*\|.*!\s*\$?(?:[A-Za-z]{1,3}\$?\d+|_)", re.DOTALL)


def is_formula(text: str) -> bool:
    """Whether `text` was meant to be executed; "+U size", "@home" and "-5 ℃" were not."""
    return text.startswith("=") or bool(_CALL.match(text) or _LINK.match(text))


def neutral(text: str) -> str:
    """`text` with a leading apostrophe if a spreadsheet might execute it or take it for a number."""
    return "'" + text if _DANGEROUS.match(text) else text


def unmarked(text: str) -> str:
    """`text` without the apostrophe that marks it as text: before a digit, or from `neutral`.

    A formula keeps it: with it, it is harmless.
    """
    bare = text[1:]
    if text[:1] == "'" and (bare[:1].isdigit() or _DANGEROUS.match(bare)) and not is_formula(bare.lstrip()):
        return bare
    return text
