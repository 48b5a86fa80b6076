"""System checks of the accounts: wrong settings stop the start, with an id and a hint."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def social_keys_are_whole(app_configs, **kwargs):
    """accounts.E001 to E003: half a pair of keys, or something that is no key."""
    return [Error(what, hint=hint, id=code) for code, what, hint in settings.LINGYU_SOCIAL_MISTAKES]


@register(Tags.security)
def verification_is_known(app_configs, **kwargs):
    """accounts.E004: whether addresses have to be confirmed is one of three words."""
    if settings.LINGYU_EMAIL_VERIFICATION in {"none", "optional", "mandatory"}:
        return []
    return [
        Error(
            f"LINGYU_EMAIL_VERIFICATION={settings.LINGYU_EMAIL_VERIFICATION!r} is none of the three.",
            hint="Use none, optional or mandatory.",
            id="accounts.E004",
        )
    ]


@register(Tags.security)
def public_address_is_one(app_configs, **kwargs):
    """accounts.E005: links in mails need the site's whole address."""
    address = settings.LINGYU_URL
    if address.startswith(("http://", "https://")) and " " not in address and "?" not in address:
        return []
    return [
        Error(
            f"LINGYU_URL={address!r} is no address.",
            hint="Use the address that members type, such as https://example.org.",
            id="accounts.E005",
        )
    ]
