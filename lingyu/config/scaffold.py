"""`make operation`: a new operation, as one folder that stands at once.

Holds the command; the rooms it fills are the `.txt` files of `lingyu/config/blueprint`. Nothing else has to
be edited: the folder is found by its `operation.py`.
"""

import argparse
import json
import keyword
import re
import sys
from pathlib import Path

from lingyu.config import rooms

BLUEPRINT = Path(__file__).resolve().parent / "blueprint"
NAME = re.compile(r"[a-z][a-z0-9_]{1,29}")


class Refused(ValueError):
    """The operation cannot be made; the message says why."""


def scaffold(name: str, *, zh: str, en: str, package: Path = rooms.PACKAGE) -> Path:
    """Make `operations/NAME` from the blueprint and return it. Raises Refused, and then writes nothing."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise Refused(f"NAME={name!r} must be a Python name: small letters, digits and _, such as `support`.")
    if not zh.strip() or not en.strip():
        raise Refused("Give the operation both its names, in Chinese and in English: ZH=… EN=…")
    folder = package / "operations" / name
    if folder.exists():
        raise Refused(f"There is an operation called {name!r} already: {folder}")
    words = {"NAME": name, "ZH": _inside_quotes(zh), "EN": _inside_quotes(en)}
    for source in sorted(BLUEPRINT.rglob("*.txt")):
        target = folder / source.relative_to(BLUEPRINT).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(source.read_text(encoding="utf-8"), words), encoding="utf-8")
    return folder


def _filled(text: str, words: dict[str, str]) -> str:
    for key, value in words.items():
        text = text.replace(f"<<{key}>>", value)
    return text


def _inside_quotes(text: str) -> str:
    """`text` as it stands between double quotes, in Python as in a catalogue."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)[1:-1]


def main(arguments: list[str]) -> int:
    """`python -m lingyu.config.scaffold NAME --zh 中文名 --en NAME`; the exit code."""
    parser = argparse.ArgumentParser(prog="make operation", description=scaffold.__doc__)
    parser.add_argument("name")
    parser.add_argument("--zh", default="")
    parser.add_argument("--en", default="")
    asked = parser.parse_args(arguments)
    try:
        folder = scaffold(asked.name, zh=asked.zh, en=asked.en)
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{folder.relative_to(rooms.PACKAGE.parent)} stands, with a desk at /desk/{asked.name}/.")
    print("Next: `make messages` after changing its texts, `make catalogue`, `make test`.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
