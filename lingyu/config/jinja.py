"""The Jinja environment of our own pages: globals and filters, each from the floor that owns it."""

from functools import lru_cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined

from lingyu.kernel.access import PERMISSIONS
from lingyu.kernel.text import legible
from lingyu.look import jinja as look


def environment(**options) -> Environment:
    """A Jinja environment with translation, addresses, icons and formats; unknown names are errors."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        # Whatever its room let in, no name turns the page around it: it loses the signs for that here.
        "finalize": _shown,
        "extensions": ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    }
    env = Environment(**options)  # noqa: S701 - Django's backend turns autoescape on
    env.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        static=look.static_address,
        url=_url,
        language=translation.get_language,
        settings=settings,
        get_messages=get_messages,
        now=timezone.now,
        permissions=PERMISSIONS,
    )
    env.filters["label"] = lambda named: named.label(translation.get_language() or "en")
    # Declared texts may hold a percent sign, which gettext in a template would take for a format.
    env.filters["translated"] = translation.gettext
    look.install(env)
    return env


def _shown(value):
    # Markup is made by us, or cleaned where it was written.
    return legible(value) if type(value) is str else value


def _url(name: str, *args) -> str:
    return _address(get_script_prefix(), get_urlconf(), name, args)


# A page names a hundred addresses, most of them more than once or on every page. By type, too: 1 is not True.
@lru_cache(maxsize=4096, typed=True)
def _address(_prefix: str, urlconf: str | None, name: str, args: tuple) -> str:
    return reverse(name, urlconf, args)
