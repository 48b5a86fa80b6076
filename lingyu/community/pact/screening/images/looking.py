"""Looking at a picture: every check there is, and what each found under the clauses of the pact.

Texts found in a picture go through the same screening as text that was typed. Holds no check.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..deciding import Screener
from ..steps import Finding, Post
from .checks import CHECKS, NUDITY, OCR, QR, Check, Read, Unavailable
from .opening import Limits, hidden, opened

PICTURES, DISGUISED = "4.3", "3.8"
# Probability of nudity from which on a human looks.
NUDE = 0.6
# A code in a picture is a way around links that are checked; so far it is only likely one.
CODE = 0.5
LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one picture.

    `decision` is review where something was found, or a check broke down; `unchecked` says of each check that
    was not done why. Only `complete` and pass together mean that the picture is fit to be shown.
    """

    decision: Literal["pass", "review"]
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    unchecked: dict[str, str]

    @property
    def complete(self) -> bool:
        """Whether every check was done."""
        return not self.unchecked


class ImageScreener:
    """Looks at pictures with a screener for the texts in them."""

    def __init__(
        self, screener: Screener, checks: Iterable[Check] = CHECKS, limits: Limits | None = None
    ) -> None:
        self.screener, self.checks, self.limits = screener, tuple(checks), limits or Limits()

    def look(self, data: bytes) -> Seen:
        """Do every check on one picture.

        Raises:
            ImageRefused: It is no picture, or beyond the limits.
        """
        picture = opened(data, self.limits)
        findings = [
            Finding(DISGUISED, (0, 0), kind, 0.9, f"image:hidden/{kind}", "image") for kind in hidden(data)
        ]
        checked, unchecked, failed = [], {}, False
        for check in self.checks:
            try:
                findings += self._found(check.name, check.run(picture))
                checked.append(check.name)
            except Unavailable as missing:
                unchecked[check.name] = str(missing)
            except Exception as error:
                failed = True
                unchecked[check.name] = f"failed: {type(error).__name__}"
        decision = "review" if findings or failed else "pass"
        return Seen(decision, tuple(findings), tuple(checked), unchecked)

    def _found(self, name: str, read: Read) -> list[Finding]:
        if name == NUDITY:
            score = round(read.score, 4)
            return [Finding(PICTURES, (0, 0), "", score, "image:nudity", "image")] if score >= NUDE else []
        found = []
        if name == QR:
            found = [Finding(DISGUISED, (0, len(t)), t, CODE, "image:qr", "image:qr") for t in read.texts]
        text = "\n".join(read.texts)[:LONGEST]
        if name in (QR, OCR) and text.strip():
            found += [
                Finding(f.clause, f.span, f.evidence, f.score, f"image:{name}+{f.by}", f"image:{name}")
                for f in self.screener.screen(Post(text)).findings
            ]
        return found
