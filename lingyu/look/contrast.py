"""Whether ink can be read on its ground: the colour tokens of `tokens.css`, measured.

The style sheet is the only place where a colour is written; this reads it. PAIRS lists every
combination our pages use, with the ratio that WCAG 2.2 asks of it.
"""

import re
from pathlib import Path

TOKENS = Path(__file__).parent / "static" / "look" / "tokens.css"
_PAIR = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TEXT, GRAPHIC = 4.5, 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "ink-2", "ink-3")
        for ground in ("bg", "card", "raised", "sunk", "hover")
    ),
    *(("brand-ink", ground, TEXT) for ground in ("bg", "card", "raised", "brand-soft")),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    ("on-bad", "bad", TEXT),
    *(
        (tone, ground, TEXT)
        for tone in ("good", "bad", "warn", "info")
        for ground in ("card", f"{tone}-soft")
    ),
    *(("ink", f"{tone}-soft", TEXT) for tone in ("brand", "good", "bad", "warn", "info")),
    *(("ink-3", f"{tone}-soft", TEXT) for tone in ("brand",)),
    *((f"c{n}", "card", GRAPHIC) for n in range(1, 7)),
    *(("field-rule", ground, GRAPHIC) for ground in ("card", "sunk")),
    *(("brand", ground, GRAPHIC) for ground in ("bg", "card", "sunk")),
)


def tokens(css: str | None = None) -> dict[str, tuple[str, str]]:
    """Every colour token: its light and its dark value."""
    css = css if css is not None else TOKENS.read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in _PAIR.findall(css)}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 … 1, as WCAG defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colours, 1 … 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def failures() -> list[str]:
    """Every pair that is too weak in either theme, with its figure; none when all can be read."""
    known = tokens()
    weak = []
    for ink, ground, least in PAIRS:
        for theme, side in (("light", 0), ("dark", 1)):
            found = ratio(known[ink][side], known[ground][side])
            if found < least:
                weak.append(f"--{ink} on --{ground}, {theme}: {found:.2f} < {least}")
    return weak
