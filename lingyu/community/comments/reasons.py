"""Why a comment may be removed: a registry of reasons, so that comments know no pact.

Holds the registry, and the reasons that are no matter of the pact. Broad ones from before there was a pact
stay readable, and may still be given; `offered` are those that a moderator chooses from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Reason(Named):
    """One reason, as its moderator chooses it and its author reads it; it is offered under `group`."""

    code: str
    zh: str
    en: str
    group: Named | None = None


class Reasons(dict):
    """Reasons by code; those that nobody declared here are asked for where others keep theirs."""

    def __init__(self, reasons: Iterable[Reason]):
        super().__init__((reason.code, reason) for reason in reasons)
        self._kept_elsewhere: list[tuple[Callable, Callable]] = []

    def kept_by(self, find: Callable[[str], Reason | None], offered: Callable[[], Iterable[Reason]]) -> None:
        """Ask `find` for codes that are unknown here, and offer what `offered` gives before one's own."""
        self._kept_elsewhere.append((find, offered))

    def __missing__(self, code: str) -> Reason:
        for find, _offered in self._kept_elsewhere:
            if found := find(code):
                return found
        raise KeyError(code)

    def __contains__(self, code: object) -> bool:
        try:
            return self[code] is not None
        except KeyError:
            return False

    def offered(self) -> list[Reason]:
        """What a moderator chooses from, in order."""
        elsewhere = [reason for _find, offered in self._kept_elsewhere for reason in offered()]
        own = [self["off_topic"]] if elsewhere else list(self.values())
        return [*elsewhere, *own]


REASONS = Reasons(
    (
        Reason("spam", zh="广告或刷屏", en="Advertising or flooding"),
        Reason("unfriendly", zh="攻击、辱骂他人", en="Attacks or insults someone"),
        Reason("off_topic", zh="与文章无关", en="Has nothing to do with the article"),
        Reason("untrue", zh="内容不实", en="Is not true"),
        Reason("private", zh="泄露他人隐私", en="Gives away someone's private details"),
        Reason("unlawful", zh="涉嫌违法", en="May be against the law"),
        Reason("other", zh="其他原因", en="Another reason"),
    )
)
