"""The names behind the codes in facts of governance, for the rows of a breakdown."""

from django.utils.translation import get_language

from lingyu.community.transparency import dimensions


def clause_names(keys: list) -> dict[str, str]:
    """“2.6 Abusive language”, by the code of the clause; of a code that no version knows nothing."""
    return _of("clause", keys)


def kind_names(keys: list) -> dict[str, str]:
    """What a text is, by its kind."""
    return _of("kind", keys)


def origin_names(keys: list) -> dict[str, str]:
    """How a case began, by its code."""
    return _of("origin", keys)


def ruling_names(keys: list) -> dict[str, str]:
    """How an appeal ended, by its code."""
    return _of("outcome", keys)


def _of(dimension: str, keys: list) -> dict[str, str]:
    names = dimensions.names_of(dimension, get_language() or "en")
    return {key: names[key] for key in keys if key in names}
