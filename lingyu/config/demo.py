"""The demo: simulated people, articles and shops, entered through the same doors as real ones.

Holds the order of the parts; each room brings its own `demo.load(now)`.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.demo import PASSWORD
from lingyu.store.ship import ship_all

from . import rooms


def logins() -> list[tuple[str, str, str]]:
    """(username, password, what this person may do) of the cast."""
    return [
        ("aque", PASSWORD, _("阿鹊, operator: the desks")),
        ("dapeng", PASSWORD, _("大鹏, moderator: the review page")),
        ("xiaoxi", PASSWORD, _("小喜, author: writes articles")),
        ("luren", PASSWORD, _("路人, member: reads and comments")),
    ]


def load(say=lambda line: None) -> None:
    """Load every part that is not there yet; each is whole or absent, so it may be stopped and run again."""
    now = timezone.now()
    done = Path(settings.LINGYU_HOME) / "demo"
    done.mkdir(exist_ok=True)
    for part in parts():
        mark = done / part
        if not mark.exists():
            say(part)
            import_module(f"{part}.demo").load(now)
            mark.touch()
    ship_all()


def parts() -> list[str]:
    """The packages that have a demo: the community first, because shops refer to its operators."""
    return [
        name
        for name in ["lingyu.community", "lingyu.collector", *rooms.operations()]
        if find_spec(f"{name}.demo")
    ]
