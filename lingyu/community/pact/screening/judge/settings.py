"""Which endpoint is asked, and within which limits. The key is read from the environment when it is needed.

Holds no request.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

KEY = "LINGYU_JUDGE_KEY"
CHAT, MODERATIONS = PROTOCOLS = ("chat", "moderations")
# The clauses of what moderation endpoints commonly tell apart. Names of categories are theirs.
CATEGORIES = {
    "harassment": "2.6",
    "harassment/threatening": "2.8",
    "hate": "2.7",
    "hate/threatening": "2.7",
    "illicit": "1.13",
    "illicit/violent": "1.8",
    "self-harm/instructions": "9.1",
    "sexual": "4.1",
    "sexual/minors": "1.12",
    "violence/graphic": "4.5",
}
_CATEGORY = re.compile(r"([\w/ .-]{1,64})=(\d\.\d{1,2})")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class JudgeRefused(ValueError):
    """The judge can't be set up like this; says which setting is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is the base of the endpoint, such as https://example.com/v1; its host has to be among `hosts`.

    `protocol` is what the endpoint speaks, one of `PROTOCOLS`; `categories` are the clauses of a moderation
    endpoint's categories, by their names. `timeout` is in seconds, for a whole answer; `tokens_a_day` bounds
    what may be spent; at most `at_once` requests run; after `failures` in a row nobody is asked for `rest`
    seconds; `kept` answers are remembered.
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
    protocol: str = CHAT
    categories: Mapping[str, str] = field(default_factory=lambda: CATEGORIES)

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
        if self.protocol not in PROTOCOLS:
            raise JudgeRefused(f"LINGYU_JUDGE_PROTOCOL: {' or '.join(PROTOCOLS)}, not {self.protocol}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self | None:
        """What LINGYU_JUDGE_URL and the variables beside it say; None where no URL is set.

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
            protocol=environment.get("LINGYU_JUDGE_PROTOCOL", "") or CHAT,
            categories=_categories(environment.get("LINGYU_JUDGE_CATEGORIES", "")),
        )


def _categories(typed: str) -> Mapping[str, str]:
    """Categories with their clauses, from `hate=2.7, sexual=4.1`; the usual ones where nothing is typed."""
    found = [_CATEGORY.fullmatch(part.strip()) for part in typed.split(",")] if typed.strip() else []
    if not all(found):
        raise JudgeRefused(
            "LINGYU_JUDGE_CATEGORIES: category=clause, separated by commas: hate=2.7,sexual=4.1"
        )
    return {match[1]: match[2] for match in found if match} or CATEGORIES
