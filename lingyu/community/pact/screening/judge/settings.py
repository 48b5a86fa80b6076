"""Which endpoint is asked, and within which limits. The key is read from the environment when it is needed.

Holds no request.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

KEY = "LINGYU_JUDGE_KEY"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class JudgeRefused(ValueError):
    """The judge can't be set up like this; says which setting is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is the base of the endpoint, such as https://example.com/v1; its host has to be among `hosts`.

    `timeout` is in seconds, for a whole answer; `tokens_a_day` bounds what may be spent; at most `at_once`
    requests run; after `failures` in a row nobody is asked for `rest` seconds; `kept` answers are remembered.
    """

    url: str
    model: str
    hosts: frozenset[str]
    timeout: float = 5.0
    tokens_a_day: int = 200_000
    at_once: int = 4
    failures: int = 5
    rest: float = 60.0
    kept: int = 4_096

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.hostname is None or parts.hostname not in self.hosts:
            raise JudgeRefused(f"LINGYU_JUDGE_URL: the host {parts.hostname} is not in LINGYU_JUDGE_HOSTS")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise JudgeRefused("LINGYU_JUDGE_URL: https only, unless it is this very machine")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise JudgeRefused(
                "LINGYU_JUDGE_URL: no credentials, query or fragment; the key has its own variable"
            )
        if not self.model:
            raise JudgeRefused("LINGYU_JUDGE_MODEL: name the model that is asked")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """What LINGYU_JUDGE_URL, _MODEL, _HOSTS (comma-separated) and _TOKENS say; None where no URL is set.

        Raises:
            JudgeRefused: A variable is wrong.
        """
        url = environment.get("LINGYU_JUDGE_URL", "").rstrip("/")
        if not url:
            return None
        hosts = (host.strip() for host in environment.get("LINGYU_JUDGE_HOSTS", "").split(","))
        tokens = environment.get("LINGYU_JUDGE_TOKENS", "200000")
        if not tokens.isdecimal():
            raise JudgeRefused("LINGYU_JUDGE_TOKENS: a whole number of tokens a day")
        return cls(
            url=url,
            model=environment.get("LINGYU_JUDGE_MODEL", ""),
            hosts=frozenset(filter(None, hosts)),
            tokens_a_day=int(tokens),
        )
