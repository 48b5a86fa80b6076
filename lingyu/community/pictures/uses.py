"""Where pictures are used: a registry that rooms above add to, so that pictures know none of them.

Holds the registry. A picture that is used somewhere is not removed.
"""

from collections.abc import Callable

Use = Callable[[str], bool]

USES: dict[str, Use] = {}


def use(code: str):
    """Register a function of a picture's address that says whether the room shows it anywhere."""

    def register(shows: Use) -> Use:
        USES[code] = shows
        return shows

    return register


def used(url: str) -> bool:
    """Whether any room shows the picture at this address."""
    return any(shows(url) for shows in USES.values())
