"""The providers we know, and which of them this site has keys for.

Holds names and settings only. Imported by the settings: no Django here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Provider(Named):
    """One service that may vouch for a member; `variable` is the stem of its two settings."""

    code: str
    zh: str
    en: str
    icon: str
    variable: str
    # What its id looks like, for a mistake that would otherwise be found by the first visitor.
    id_form: str

    @property
    def variables(self) -> tuple[str, str]:
        """The environment variables of its id and its secret."""
        return f"{self.variable}_ID", f"{self.variable}_SECRET"


PROVIDERS = {
    p.code: p
    for p in (
        Provider(
            "weixin",
            zh="微信",
            en="WeChat",
            icon="message-circle",
            variable="LINGYU_WEIXIN",
            id_form=r"wx[0-9a-f]{16}",
        ),
        Provider(
            "weibo", zh="微博", en="Weibo", icon="at-sign", variable="LINGYU_WEIBO", id_form=r"\d{5,12}"
        ),
        Provider(
            "dingtalk",
            zh="钉钉",
            en="DingTalk",
            icon="briefcase",
            variable="LINGYU_DINGTALK",
            id_form=r"[A-Za-z0-9]{8,64}",
        ),
        Provider(
            "feishu",
            zh="飞书",
            en="Feishu",
            icon="send",
            variable="LINGYU_FEISHU",
            id_form=r"cli_[0-9a-zA-Z]{8,64}",
        ),
    )
}


def from_environment(text: Callable[[str], str]) -> dict[str, dict]:
    """allauth's settings for every provider that has both an id and a secret."""
    found = {}
    for provider in PROVIDERS.values():
        client_id, secret = (text(name) for name in provider.variables)
        if client_id and secret:
            app = {"client_id": client_id, "secret": secret, "name": provider.en, "key": ""}
            found[provider.code] = {"APPS": [app]}
    return found


def mistakes(text: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """What is wrong with the settings: (id of the check, what, hint)."""
    found = []
    for provider in PROVIDERS.values():
        names = provider.variables
        values = [text(name) for name in names]
        if bool(values[0]) != bool(values[1]):
            missing = names[values.index("")]
            there = names[1 - names.index(missing)]
            found.append(("accounts.E001", f"{there} is set, and {missing} is not.", "Set both, or neither."))
            continue
        for name, value in zip(names, values, strict=True):
            if value and not re.fullmatch(r"[\x21-\x7e]{1,191}", value):
                found.append(
                    (
                        "accounts.E002",
                        f"{name} holds a character that no key has (a space, a line break?), or is too long.",
                        "Copy it again from the provider's console.",
                    )
                )
        if values[0] and not re.fullmatch(provider.id_form, values[0]):
            found.append(
                (
                    "accounts.E003",
                    f"{names[0]} does not look like an id of {provider.en} ({provider.id_form}).",
                    "Use the id of the website application, not its name or its secret.",
                )
            )
    return found
