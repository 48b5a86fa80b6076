"""Moments in outside files, as SQL: what a column holds, in milliseconds since 1970 (UTC).

Numbers are seconds, milliseconds, microseconds or nanoseconds, by their size; texts are those, or ISO
dates and times with or without an offset; what has none is read in the file's zone. Holds no rows.
"""

from zoneinfo import ZoneInfo

from .expressions import text

# From this size on a number counts the next smaller unit: as seconds it would lie beyond the year 5000.
_SECONDS, _MILLISECONDS, _MICROSECONDS = 10**11, 10**14, 10**17
_OFFSET = r"\d:\d{2}.*(Z|z|[+-]\d{2}(:?\d{2})?)$"


def milliseconds(column: str, kind: str, zone: ZoneInfo) -> str:
    """SQL for the milliseconds of `column`, whose type is `kind`; NULL where it can't be read."""
    kind = kind.upper()
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_ms({column})"
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return _local(f"{column}::TIMESTAMP", zone)
    if kind == "VARCHAR":
        return _text(f"trim({column})", zone)
    return _number(f"TRY_CAST({column} AS DOUBLE)", f"TRY_CAST({column} AS DECIMAL(38, 9))")


def _local(moment: str, zone: ZoneInfo) -> str:
    return f"epoch_ms(timezone({text(zone.key)}, {moment}))"


def _number(rough: str, exact: str) -> str:
    """The size is told by the float; the value is reckoned exactly, so that no millisecond is off."""
    size = f"abs({rough})"
    return (
        f"CASE WHEN {size} < {_SECONDS} THEN floor({exact} * 1000)::BIGINT "
        f"WHEN {size} < {_MILLISECONDS} THEN floor({exact})::BIGINT "
        f"WHEN {size} < {_MICROSECONDS} THEN floor({exact} / 1000)::BIGINT "
        f"WHEN {size} < {_MICROSECONDS * 1000} THEN floor({exact} / 1000000)::BIGINT END"
    )


def _text(value: str, zone: ZoneInfo) -> str:
    dashed = f"regexp_replace({value}, '^(\\d{{4}})[/.](\\d{{1,2}})[/.](\\d{{1,2}})', '\\1-\\2-\\3')"
    number = _number(f"TRY_CAST({value} AS DOUBLE)", f"TRY_CAST({value} AS DECIMAL(38, 9))")
    day = _local(f"try_strptime({value}, '%Y%m%d')", zone)
    second = _local(f"try_strptime({value}, '%Y%m%d%H%M%S')", zone)
    written = _local(f"TRY_CAST({dashed} AS TIMESTAMP)", zone)
    return (
        f"CASE WHEN regexp_full_match({value}, '(19|20)\\d{{6}}') THEN {day} "
        f"WHEN regexp_full_match({value}, '(19|20)\\d{{12}}') THEN {second} "
        f"WHEN regexp_full_match({value}, '-?\\d{{9,19}}(\\.\\d+)?') THEN {number} "
        f"WHEN regexp_matches({value}, '{_OFFSET}') THEN epoch_ms(TRY_CAST({dashed} AS TIMESTAMPTZ)) "
        f"ELSE {written} END"
    )
