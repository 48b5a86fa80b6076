"""Markdown to the editor and back: nothing of what the editor offers is lost."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.community.articles.manuscript import from_editor, to_editor
from lingyu.community.articles.manuscript.runs import MARKS, Run, runs_of, tidy
from lingyu.community.articles.manuscript.tree import tree
from lingyu.community.articles.prose import render

PICTURE = f"/pictures/file/{'a' * 32}-1200x800.webp"
AS_WRITTEN = [
    "一段话，两句。第二句。",
    "## 标题\n\n### 小标题\n\n#### 更小",
    "**重要。**其他，*斜体*，~~删去~~，`码`，***粗斜***。",
    "**“引文”**后面还有字",
    "*a **b***",
    "**a***b*",
    "*a***b**",
    "- 一\n- 二\n  - 二点一\n    1. 深\n- 三",
    "3. 三\n4. 四",
    "- 一\n\n  第二段\n\n- 二",
    "- 一\n\n* 另一个列表",
    "1. 一\n\n1) 另一个列表",
    "> 引用\n>\n> - 列表\n>\n> > 再引",
    "| 名 | 数 | 中 |\n| - | -: | :-: |\n| **甲** | 1 | `a\\|b` |\n| 乙 |  | [链](https://e.example/) |",
    "```python\nx = 1\n\n    y = `2`\n```",
    "````\n```\n````",
    f"![曲线]({PICTURE})",
    f'![曲线 \\[1\\]]({PICTURE} "三月的 \\"曲线\\"")',
    '[链接](https://e.example/a_b?c=d&e=f "题")',
    "[括号](<https://e.example/a(b)c>)",
    "[**粗**链接](mailto:a@e.example)",
    "前\n\n___\n\n后",
    "一行\\\n又一行",
    "\\*不是斜体\\* 3 < 5 &amp; \\&amp; a_b_c \\_d\\_",
    "\\# 不是标题\n\n1\\. 不是列表\n\n\\- 也不是\n\n\\> 不是引用",
    "2026年11月20日，5%～8%，$3.5，a|b，C:\\\\x",
    "``a ` b``",
    "x&#120;**(a)**&#121;",
]


@pytest.mark.parametrize("markdown", AS_WRITTEN)
def test_what_the_editor_opens_it_gives_back_as_it_was(markdown):
    again = from_editor(to_editor(markdown))
    # A character written as a number may come back as itself where that reads the same.
    assert render(again).html == render(markdown).html
    assert from_editor(to_editor(again)) == again
    if "&" not in markdown:
        assert again == markdown


TEXT = st.text(
    alphabet=st.sampled_from(list("ab1中文。，“”*_~`[]()!#+-.>|\\&;<:=\"' \u3000\u00a0é😀")),
    min_size=1,
    max_size=8,
)
MARK = st.sampled_from(["strong", "em", "s"])


def inline(inner: st.SearchStrategy) -> st.SearchStrategy:
    marked = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", MARK, inner)
    link = st.builds(lambda text: f'<a href="https://e.example/x_(y)">{text}</a>', inner)
    return st.one_of(marked, link, st.lists(inner, min_size=2, max_size=3).map("".join))


WORDS = TEXT.map(escape)
LEAF = st.one_of(
    WORDS,
    WORDS,
    # `]:` at the head of a paragraph, in code inside a link, is the definition of a reference.
    TEXT.map(lambda t: f"<code>{escape(t.replace(']:', ']'))}</code>"),
    st.just("<br>"),
    st.just(f'<img src="{PICTURE}" alt="图*[" title="a&quot;b">'),
)
INLINE = st.recursive(LEAF, inline, max_leaves=6)
PARAGRAPH = INLINE.map(lambda i: f"<p>{i}</p>")
CELL = INLINE.map(lambda i: i.replace("<br>", " "))
ROW = st.lists(CELL, min_size=2, max_size=2)
TABLE = st.lists(ROW, min_size=1, max_size=3).map(
    lambda rows: (
        "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table>"
    )
)
PRE = st.text(alphabet="a `~\n中<", max_size=20).map(lambda t: f"<pre><code>{escape(t)}</code></pre>")
HEADING = CELL.map(lambda i: f"<h3>{i}</h3>")
SIMPLE = st.one_of(PARAGRAPH, PARAGRAPH, HEADING, PRE, TABLE, st.just("<hr>"))


def nested(inner: st.SearchStrategy) -> st.SearchStrategy:
    item = st.builds(lambda p, rest: f"<li>{p}{''.join(rest)}</li>", PARAGRAPH, st.lists(inner, max_size=2))
    items = st.lists(item, min_size=1, max_size=3).map("".join)
    return st.one_of(
        items.map(lambda i: f"<ul>{i}</ul>"),
        st.builds(lambda n, i: f'<ol start="{n}">{i}</ol>', st.integers(0, 12), items),
        st.lists(inner, min_size=1, max_size=2).map(lambda b: f"<blockquote>{''.join(b)}</blockquote>"),
    )


DOCUMENT = st.lists(st.recursive(SIMPLE, nested, max_leaves=5), max_size=4).map("".join)


def shape(html: str) -> list:
    """The blocks of a document by name, with their words and marks; what is empty left out."""

    def walk(element):
        found, loose = [], []

        def settle():
            single = element.tag in {"td", "th"}
            runs = [Run("text", " ") if single and r.kind == "break" else r for r in runs_of(loose)]
            found.extend([tuple(tidy(runs))] if tidy(runs) else [])
            loose.clear()

        for child in element.children:
            if isinstance(child, str) or child.tag in {*MARKS, "a", "code", "img", "br"}:
                loose.append(child)
                continue
            settle()
            if child.tag in {"p", "figure", "thead", "tbody"}:
                found.extend(walk(child))
            elif child.tag == "pre":
                found.append(("pre", child.text.removesuffix("\n")))
            elif child.tag in {"td", "th"} or (inside := walk(child)) or child.tag == "hr":
                name = "td" if child.tag == "th" else child.tag
                found.append((name, walk(child) if name == "td" else inside))
        settle()
        return found

    return walk(tree(html))


@settings(max_examples=100, deadline=None)
@given(DOCUMENT)
def test_whatever_is_written_in_the_editor_comes_back_the_same(html):
    markdown = from_editor(html)
    opened = to_editor(markdown)
    assert from_editor(opened) == markdown
    assert shape(opened) == shape(html)


def test_a_document_whose_marks_were_lost_would_be_found():
    assert shape("<p><strong>a</strong></p>") != shape("<p>a</p>")
    assert shape("<ul><li>a</li></ul>") != shape("<p>a</p>")
