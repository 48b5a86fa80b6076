"""Both languages everywhere: nothing untranslated, nothing in the wrong language, nothing outside gettext."""

import ast
import re
from collections import defaultdict

import jinja2
import pytest
from django.urls import reverse
from django.utils import translation

from lingyu.config import messages
from lingyu.kernel.operations import in_order

from .reading import CHINESE, outside_jinja, words_of
from .sources import ROOT, Source, product, templates

# Words that read the same in every language.
NAMES = re.compile(
    r"\b(?:Lingyu|CSV|Excel|XLSX|KPI|GMV|UTC|ID|SKU|RSS|URL|SQL|API|JSON|UTF|GBK|English|Markdown|HTML|ECharts)\b"
)
# What macros spell that is markup and not words: classes, the wiring of a field.
MARKUP = {"button", "site", "desk", 'aria-describedby="" aria-invalid="true"'}
# Modules whose very matter is Chinese: what shops write into the heads of their files, the demo, how a name
# is shortened and a large number written, how questions are made of a text, which characters are one,
# how breaches of the pact are worded and disguised.
CHINESE_MATTER = re.compile(
    r"/importers/|/intake/|/demo[/.]|/demo_|/look/(?:icons|jinja|formats)\.py|/quiz/proposing/|"
    r"/search/traditional\.py|/collector/tables/columns\.py|/questions/money\.py|/pact/(?:screening|teaching)/|/rings/gathering\.py"
)


@pytest.mark.one_database
@pytest.mark.parametrize("book", messages.books(), ids=lambda b: b.room)
def test_every_text_is_collected_and_translated(book, monkeypatch):
    monkeypatch.setattr(messages, "books", lambda: [book])
    assert sorted(messages.faults()) == []


def calls_in_formatted_strings(source: Source) -> list[str]:
    """Texts that Babel does not see: before Python 3.12 an f-string is one token."""
    inside = [n for f in ast.walk(source.tree) if isinstance(f, ast.JoinedStr) for n in ast.walk(f)]
    calls = [n for n in inside if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.args]
    texts = [n for n in calls if n.func.id in {"_", "N_", "gettext", "ngettext"}]
    return [f"{source.name}:{n.lineno}" for n in texts if isinstance(n.args[0], ast.Constant)]


@pytest.mark.one_database
def test_no_text_hides_inside_an_f_string():
    assert [place for source in product() for place in calls_in_formatted_strings(source)] == []


@pytest.mark.one_database
def test_one_text_has_one_translation_in_all_rooms():
    seen: dict[tuple, dict[str, str]] = {}
    for book in messages.books():
        for message in book.kept():
            if message.id:
                seen.setdefault((message.context, message.id), {})[book.room] = message.string
    assert not {key: rooms for key, rooms in seen.items() if len({str(s) for s in rooms.values()}) > 1}


def curly(words) -> bool:
    """Whether a translation, of one number or of several, quotes as the English do."""
    return any(mark in text for text in ([words] if isinstance(words, str) else words) for mark in "“”")


@pytest.mark.one_database
def test_chinese_is_quoted_in_one_way():
    messages_of = ((book.room, message) for book in messages.books() for message in book.kept())
    assert [(room, message.string) for room, message in messages_of if curly(message.string)] == []
    assert curly("“一”") and curly(("「一」", "“一”")) and not curly("「一」")


@pytest.mark.one_database
def test_the_check_of_words_finds_what_is_missing(tmp_path, monkeypatch):
    room = tmp_path / "room"
    (room / "locale/zh_Hans/LC_MESSAGES").mkdir(parents=True)
    (room / "page.py").write_text('from x import _\n_("New")\n_("Empty")\n_("At %(place)s")\n')
    (room / "locale/zh_Hans/LC_MESSAGES/django.po").write_text(
        'msgid "Empty"\nmsgstr ""\n\nmsgid "Gone"\nmsgstr "走了"\n\nmsgid "At %(place)s"\nmsgstr "在"\n'
    )
    monkeypatch.setattr(messages.rooms, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(messages, "books", lambda: [messages.Book("room", (room,))])
    found = "\n".join(messages.faults())
    for fault in (
        "not collected yet: 'New'",
        "not translated: 'Empty'",
        "no longer in the code: 'Gone'",
        "placeholders differ: 'At %(place)s'",
    ):
        assert fault in found


def chinese_strings(source: Source) -> list[str]:
    """Chinese string constants that are neither prose of the source nor the `zh=` of a declaration."""
    spared = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.keyword) and node.arg == "zh":
            spared.update(map(id, ast.walk(node.value)))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spared.add(id(node.value))
    return [
        f"{source.name}:{node.lineno}: {node.value[:40]!r}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in spared
    ]


@pytest.mark.one_database
def test_python_speaks_english_and_declares_chinese_as_data():
    sources = [s for s in product() if not CHINESE_MATTER.search(s.name)]
    found = [line for source in sources for line in chinese_strings(source)]
    # A language's own name is written in that language.
    assert [line for line in found if "'简体中文'" not in line] == []


@pytest.mark.one_database
@pytest.mark.parametrize("template", templates(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_template_says_nothing_outside_gettext(template):
    source = template.read_text(encoding="utf-8")
    assert not CHINESE.search(source)
    read = words_of(outside_jinja(source))
    said = [(NAMES.sub("", words), line) for words, line in read if words not in MARKUP]
    assert [(words, line) for words, line in said if re.search(r"[A-Za-z]{2,}", words)] == []


@pytest.mark.one_database
def test_the_check_of_templates_hears_what_is_said_outside():
    source = '<p title="Hello">{{ _("fine") }} {% trans %}also fine{% endtrans %} not fine</p>'
    assert [words for words, _ in words_of(outside_jinja(source))] == ["Hello", "not fine"]


def told_in(source: str) -> list[str]:
    """The texts that a template hands to gettext, which makes a format of each (`%(num)s`)."""
    tree = jinja2.Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    ).parse(source)
    calls = [c for c in tree.find_all(jinja2.nodes.Call) if getattr(c.node, "name", "") in {"_", "ngettext"}]
    return [
        a.value
        for c in calls
        for a in c.args
        if isinstance(a, jinja2.nodes.Const) and isinstance(a.value, str)
    ]


def broken_formats(source: str) -> list[str]:
    """Those texts, and their Chinese, that cannot be filled in: a bare percent sign is one."""
    with translation.override("zh-hans"):
        texts = [words for said in told_in(source) for words in (said, translation.gettext(said))]
    return [words for words in texts if not _fills_in(words)]


def _fills_in(words: str) -> bool:
    try:
        words % defaultdict(int)
    except (TypeError, ValueError):
        return False
    return True


@pytest.mark.one_database
@pytest.mark.parametrize("template", templates(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_text_of_a_template_can_be_filled_in(template):
    assert broken_formats(template.read_text(encoding="utf-8")) == []


@pytest.mark.one_database
def test_the_check_of_formats_sees_a_bare_percent_sign():
    assert (
        broken_formats('{{ _("Near 100 % it tells nothing") }}{{ _("%(num)s of them") }}')
        == ["Near 100 % it tells nothing"] * 2
    )


PAGES = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/desk/",
    "/desk/metrics/",
    *(f"/desk/{o.code}/" for o in in_order()),
    *(f"/desk/{o.code}/{p.code}/" for o in in_order() for p in o.pages),
]


def said(client, address: str, language: str) -> list[str]:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return [words for words, _ in words_of(response.content.decode(), language)]


@pytest.fixture
def readers(anonymous, aque):
    """Who opens a page: the log-in pages are for those who are not logged in."""
    return lambda address: anonymous if address.startswith("/accounts/") else aque


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_has_no_chinese_in_it(address, readers, client_of, empty_store):
    texts = said(client_of(readers(address), "en"), address, "en")
    assert [t for t in texts if CHINESE.search(re.sub("阿|鹊|简体中文|中文", "", t))] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_chinese_page_has_no_english_sentence_in_it(address, readers, client_of, empty_store):
    texts = said(client_of(readers(address), "zh-hans"), address, "zh")
    sentence = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}")
    assert [t for t in texts if sentence.search(NAMES.sub("", t))] == []


def test_the_language_switch_is_kept(client, db):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert 'lang="en' in client.get("/accounts/login/").content.decode()
    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/"})
    assert 'lang="zh' in client.get("/accounts/login/").content.decode()
