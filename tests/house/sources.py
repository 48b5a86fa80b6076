"""The house's own files as the rules see them: paths, syntax trees, rooms."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lingyu"


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Its place in the checkout, such as `lingyu/store/ship.py`."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """Its dotted name."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """Its content."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def is_test(self) -> bool:
        """Whether it only runs in tests."""
        return "tests" in self.path.relative_to(ROOT).parts

    @property
    def is_generated(self) -> bool:
        """Whether Django wrote it."""
        return "migrations" in self.path.parts


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or would keep: what a clone has."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        kept = (p for p in ROOT.rglob("*") if not {".git", ".venv", "__pycache__", ".lingyu"} & set(p.parts))
        return tuple(sorted(p for p in kept if p.is_file()))
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    return tuple(p for name in names if (p := ROOT / name).is_file())


@cache
def python() -> tuple[Source, ...]:
    """Every Python file of the checkout, migrations left out."""
    found = (Source(p) for p in tracked() if p.suffix == ".py")
    return tuple(s for s in found if not s.is_generated)


def product() -> list[Source]:
    """The Python of the product itself, without its tests."""
    return [s for s in python() if s.path.is_relative_to(PACKAGE) and not s.is_test]


def rooms_of(floor: str) -> list[Path]:
    """The folders of the community's apps or of the operations."""
    folders = [p for p in (PACKAGE / floor).iterdir() if p.is_dir()]
    return sorted(p for p in folders if (p / "apps.py").exists() or (p / "operation.py").exists())


def templates() -> list[Path]:
    """Every page template of our own."""
    return [p for p in tracked() if "templates" in p.parts and p.is_relative_to(PACKAGE)]
