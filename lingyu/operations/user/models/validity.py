"""What makes a message valid: rules as data, in versions, and how a message is judged by them.

A version is never changed: a new one is, and judges what comes from then on, because words are not kept.
Every message names the version that judged it.
"""

import re
import tomllib
import unicodedata
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member

_WORDS = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))

# Kinds of messages, as a source or the text itself tells them.
KINDS = (
    "text", "image", "sticker", "emoji", "voice", "video", "file", "link", "red_packet", "system", "other",
)  # fmt: skip
COUNTED = ("text", "image", "voice", "video", "file", "link")
PHRASES = tuple(_WORDS["phrases"])
_WRITTEN = _WORDS["written"]
_WHOLE = re.compile(r"\s*[\[【]\s*(.+?)\s*[\]】]\s*(.*)", re.DOTALL)
_FACE = re.compile(r"\[[^\[\]\s]{1,8}\]")
_CALL = re.compile(r"@\S+[\s\u2005]*")
_SYSTEM = re.compile("|".join(_WORDS["notices"]))


@dataclass(frozen=True)
class Judged:
    """What became of a message: its kind, its length in characters that say something, and why it is
    invalid.
    """

    kind: str
    length: int
    why: str

    @property
    def valid(self) -> bool:
        """Whether it counts."""
        return not self.why


@dataclass(frozen=True)
class Terms:
    """The rules: fewest characters, phrases that say nothing, and kinds that count whatever they say."""

    least: int = 2
    phrases: tuple[str, ...] = PHRASES
    kinds: tuple[str, ...] = COUNTED

    def as_json(self) -> dict:
        """As a version keeps them."""
        return asdict(self) | {"phrases": list(self.phrases), "kinds": list(self.kinds)}

    @classmethod
    def read(cls, kept: dict) -> "Terms":
        """From what a version keeps."""
        return cls(kept["least"], tuple(kept["phrases"]), tuple(kept["kinds"]))

    @cached_property
    def _nothing(self) -> re.Pattern:
        """One phrase after another, and nothing else."""
        said = sorted((re.escape(plain(phrase)) for phrase in self.phrases if plain(phrase)), key=len)
        return re.compile(f"(?:{'|'.join(reversed(said))})+" if said else r"(?!)")

    def judge(self, text: str, kind: str = "") -> Judged:
        """What a message is worth. `kind` as the source tells it, "" where it does not."""
        kind = kind or kind_of(text)
        said = plain(text) if kind == "text" else ""
        if kind == "text" and not said and text.strip():
            kind = "emoji"
        if kind not in self.kinds:
            return Judged(kind, len(said), "system" if kind == "system" else "kind")
        if kind != "text":
            return Judged(kind, len(said), "")
        if self._nothing.fullmatch(said):
            return Judged(kind, len(said), "phrase")
        return Judged(kind, len(said), "short" if len(said) < self.least else "")


def kind_of(text: str) -> str:
    """The kind of a message as an export writes it: `[图片]`, `[文件] name`, a system's line, or text."""
    if _SYSTEM.search(text) and len(text) <= 60:
        return "system"
    found = _WHOLE.fullmatch(text)
    named = found and _WRITTEN.get(found[1].casefold())
    if named and (not found[2] or named in ("file", "link")):
        return named
    return "text"


def plain(text: str) -> str:
    """What a text says, for comparing: folded, without faces, calls, punctuation, pictures and repeats."""
    text = _CALL.sub("", _FACE.sub("", unicodedata.normalize("NFKC", text))).casefold()
    kept = "".join(c for c in text if unicodedata.category(c)[0] in "LN" or c == "+")
    return re.sub(r"(.)\1{2,}", r"\1", kept)


def standing_rules() -> "tuple[int, Terms]":
    """Number and terms of the version in force; number 0 are those that Lingyu comes with."""
    found = RuleVersion.objects.order_by("-number").first()
    return (found.number, Terms.read(found.terms)) if found else (0, Terms())


class RuleVersion(models.Model):
    """One version of the rules: who brought it into force, when, and why."""

    number = models.PositiveIntegerField(primary_key=True)
    terms = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("rules of valid messages")
        verbose_name_plural = _("rules of valid messages")

    def __str__(self):
        return f"{self.number}"
