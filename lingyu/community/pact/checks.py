"""System checks of the pact: wrong settings stop the start, with an id and a hint."""

from django.conf import settings
from django.core.checks import Error, register

from .screening.judge import JudgeRefused, Settings


@register()
def review_is_known(app_configs, **kwargs):
    """pact.E001: whose comments wait for a person is one of two words."""
    if settings.LINGYU_REVIEW in {"trusted", "all"}:
        return []
    what = f"LINGYU_REVIEW={settings.LINGYU_REVIEW!r} is neither."
    return [Error(what, hint="Use trusted or all.", id="pact.E001")]


@register()
def judge_can_be_asked(app_configs, **kwargs):
    """pact.E002: the endpoint of the second opinion is whole, and among the hosts that may be asked."""
    try:
        Settings.from_environment()
    except JudgeRefused as refused:
        hint = "See the settings page of the guide; leave LINGYU_JUDGE_URL empty to do without."
        return [Error(str(refused), hint=hint, id="pact.E002")]
    return []
