"""Documents tell the truth: the README's commands, the settings, the catalogue, the links between pages."""

import re
import subprocess
import sys
import tomllib

import pytest

from .sources import PACKAGE, ROOT, product, python, tracked

pytestmark = pytest.mark.one_database

README = ROOT / "README.md"


def pages():
    """Every Markdown page."""
    return [p for p in tracked() if p.suffix == ".md"]


def targets() -> set[str]:
    """The Makefile's targets that say what they do."""
    return set(re.findall(r"^([a-z][a-z-]*):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_make_target_that_a_page_names_exists(page):
    assert set(re.findall(r"(?:^|[`\s])make ([a-z][a-z-]+)(?=[\s`])", code(page))) <= targets()


def code(page) -> str:
    """What a page sets as code, in blocks and in lines."""
    found = re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", page.read_text(encoding="utf-8"), re.DOTALL)
    return "\n".join(f"`{block or line}`" for block, line in found)


def test_make_help_lists_every_target():
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {t for t in targets() if f"make {t} " in listed} == targets()
    assert {"setup", "run", "test", "check", "bench", "crash", "operation", "wheel"} <= targets()


def test_every_lingyu_command_that_a_page_names_exists():
    from django.core.management import get_commands

    named = {name for p in pages() for name in re.findall(r"(?:^|[`\s])lingyu ([a-z]+(?:-[a-z]+)*)", code(p))}
    assert named
    assert named <= get_commands().keys()


def test_the_settings_page_lists_exactly_what_is_read_from_the_environment():
    read = set()
    for source in product():
        read |= set(re.findall(r"env\.(?:text|flag|number)\(\"([A-Z_]+)\"", source.text))
        read |= set(re.findall(r"environ(?:ment)?(?:\.get)?[(\[]\"([A-Z_]+)\"", source.text))
        read |= set(re.findall(r"\b(?:text|flag|number)\(\"(LINGYU_[A-Z_]+)\"", source.text))
        read |= set(re.findall(r"^[A-Z]+ = \"(LINGYU_[A-Z_]+)\"$", source.text, re.MULTILINE))
    # The shell's own, and what Django itself reads.
    read -= {"XDG_DATA_HOME", "DJANGO_SETTINGS_MODULE", "LC_ALL", "LC_MESSAGES", "LANG"}
    page = (ROOT / "docs/guide/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == read | {"LINGYU_LANG"}


def test_the_catalogue_says_what_is_declared():
    # In a process of its own: tests declare rules for themselves.
    check = [sys.executable, "-m", "lingyu.config.catalogue", "check"]
    said = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_between_pages_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not dead


def test_every_path_that_a_page_sets_as_code_exists():
    own = re.compile(r"`((?:lingyu|tests|docs|bench|scripts)/[\w./-]+)`")
    dead = {
        f"{p.name}: {path}"
        for p in pages()
        for path in own.findall(p.read_text(encoding="utf-8"))
        if "NAME" not in path and not (ROOT / path).exists()
    }
    assert not dead


def test_every_dependency_has_its_reason_in_the_record_of_decisions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [d for extra in project["optional-dependencies"].values() for d in extra]
    names = {re.match(r"[a-z0-9-]+", d)[0] for d in [*project["dependencies"], *extras]}
    page = (ROOT / "docs/adr/0002-dependencies.md").read_text(encoding="utf-8").lower()
    assert [n for n in names if f"| {n}" not in page] == []


def test_nothing_names_the_machine_it_was_written_on():
    # Spelt in parts: this file is read too.
    words = [
        a + b
        for a, b in (
            ("/wo", "rk/"),
            ("/tmp", "/w/"),
            ("py", "pi.org"),
            ("files.python", "hosted"),
            ("registry.npm", "js"),
            ("far", "m-"),
            ("index", "-url"),
            ("/opt/", "wheels"),
            ("/opt/", "pypi"),
            (".lib", "rary/"),
        )
    ]
    text = {".py", ".md", ".toml", ".lock", ".html", ".css", ".js", ".txt", ".po", ".json", ".sh", ""}
    named = [
        f"{p.relative_to(ROOT)}: {word}"
        for p in tracked()
        if p.suffix in text and p.name != ".gitignore"
        for word in words
        if word in p.read_text(encoding="utf-8", errors="ignore")
    ]
    assert not named


def test_third_party_files_are_not_kept_in_git():
    foreign = re.compile(r"\.(?:mo|whl|woff2?|ttf)$|\.min\.(?:js|css)$|/vendor/")
    assert not [p for p in tracked() if foreign.search(p.as_posix())]


def test_the_version_has_its_line_in_the_changelog():
    from lingyu import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_rules_read_the_whole_house():
    read = {s.path for s in python()}
    assert {PACKAGE / "store" / "ship.py", ROOT / "tests" / "house" / "sources.py"} <= read
