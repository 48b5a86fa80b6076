"""What the page of numbers draws: published months beside one another.

Holds chart specs (`look.charts`); draws nothing.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.cases.models import Ruling

from .definitions import NUMBERS
from .months import Month
from .showing import Numbers


def of(published: list[tuple[Month, Numbers]]) -> dict[str, dict]:
    """Decisions by outcome, and appeals by how they ended, a bar a month."""
    return {
        "decisions": _bars(
            published,
            {code: NUMBERS[code].label(get_language() or "en") for code in ("violations", "decisions_clear")},
        ),
        "appeals": _bars(
            published,
            {f"rulings/outcome/{value}": str(words) for value, words in Ruling.Outcome.choices},
        ),
    }


def titles() -> dict[str, str]:
    """What each is called."""
    return {"decisions": _("Decisions by outcome"), "appeals": _("Appeals by how they ended")}


def _bars(published: list[tuple[Month, Numbers]], series: dict[str, str]) -> dict:
    return {
        "type": "stacked",
        "grain": "month",
        "labels": [month.first_day for month, _numbers in published],
        "series": [
            {"name": name, "data": [numbers.get(code) or 0 for _month, numbers in published]}
            for code, name in series.items()
        ],
    }
