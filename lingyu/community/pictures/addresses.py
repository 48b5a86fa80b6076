"""The addresses of pictures, which say by themselves what they are: content, width and height.

So that whoever writes `<img>` needs no database: an address gives the sizes, and the smaller copy.
"""

import re
from dataclasses import dataclass

PREFIX = "/pictures/file/"
# The width of the smaller copy; a picture that is not wider has none.
SMALL = 720
NAME = re.compile(r"([0-9a-f]{32})-([1-9]\d{0,4})x([1-9]\d{0,4})(-small)?\.webp")


@dataclass(frozen=True)
class Address:
    """A picture of ours, taken apart from its address."""

    digest: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.digest}-{self.width}x{self.height}.webp"

    @property
    def small_name(self) -> str | None:
        """The name of the smaller copy, if it has one."""
        return f"{self.digest}-{self.width}x{self.height}-small.webp" if self.width > SMALL else None

    @property
    def url(self) -> str:
        """Where it is served."""
        return PREFIX + self.name

    @property
    def srcset(self) -> str:
        """Both copies with their widths, for `srcset`; empty when there is one only."""
        small = self.small_name
        return f"{PREFIX}{small} {SMALL}w, {self.url} {self.width}w" if small else ""


def ours(url: str) -> Address | None:
    """The picture that `url` leads to, or None when it is none of ours."""
    if not url.startswith(PREFIX):
        return None
    match = NAME.fullmatch(url.removeprefix(PREFIX))
    if not match or match[4]:
        return None
    return Address(match[1], int(match[2]), int(match[3]))
