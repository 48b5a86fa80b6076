"""What is written to do harm: scripts in every field, endless titles, bombs of depth, bytes that are none."""

import re

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.articles import actions
from lingyu.community.articles.manuscript import from_editor, to_editor
from lingyu.community.articles.models import Article
from lingyu.community.articles.prose import render

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="vbscript:x">x</a>',
    '<p onclick="alert(1)" style="background:url(javascript:alert(1))">x</p>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<img src="/pictures/file/x" onload="alert(1)">',
    f'<img src="/pictures/file/{"a" * 32}-9x9.webp" alt="&quot;><script>alert(1)</script>">',
    f'<figure><img src="/pictures/file/{"a" * 32}-9x9.webp">'
    "<figcaption><b onmouseover=x>&lt;script></b></figcaption></figure>",
    '<pre><code class="language-x&quot; onclick=alert(1)"></script><script>alert(1)</script></code></pre>',
    "<form action=//evil><button formaction=javascript:alert(1)>x</button></form>",
    '<td class="end&quot; onclick=x">x',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]
# Elements and attributes that run; escaped text may say anything.
RUNS = re.compile(
    r"<(script|svg|iframe|form|button|math|style|object|embed)\b|<[^>]*\s(on\w+|style|srcdoc|formaction)\s*="
    r"|<[^>]*(href|src)\s*=\s*[\"']?\s*(javascript|data|vbscript):",
    re.I,
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_that_runs_gets_through_the_editor(script):
    markdown = from_editor(script)
    for html in (render(markdown).html, to_editor(markdown), render(script).html, to_editor(script)):
        assert not RUNS.search(html)


def test_the_rule_finds_what_runs():
    assert all(RUNS.search(s) for s in SCRIPTS[:5])


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_that_runs_stands_on_the_pages_of_the_writer(script, xiaoxi, client_of):
    writer = client_of(xiaoxi)
    words = {"title": script[:100], "summary": script[:300], "keywords": script[:20], "note": script[:200]}
    writer.post("/write/", words | {"body": "x" + script, "form_of_body": "html", "publish": "1"})
    article = Article.objects.get()
    actions.edit_article(actor=xiaoxi, article=article, title="x", body="y")
    pages = [article.get_absolute_url(), "/write/mine/?state=published"]
    pages += [article.get_absolute_url().replace("/a/", "/write/") + rest for rest in ("", "revisions/")]
    for address in pages:
        main = writer.get(address).content.decode().split("<main")[1].split("</main>")[0]
        for piece in ("<script>alert", "onerror=alert(1)>", 'href="javascript:', "<svg><script", "<iframe"):
            assert piece not in main


BOMBS = {
    "elements": "<div>" * 100_000,
    "lists": "<ul><li>" * 60_000,
    "quotes": "<blockquote>" * 40_000,
    "tables": "<table><tr><td>" * 30_000,
    "too long": "a" * 700_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_html_that_is_endless_or_bottomless_is_refused(bomb):
    with pytest.raises(ValidationError):
        from_editor(bomb)


def test_lists_as_deep_as_an_editor_makes_them_keep_their_words():
    html = "<ul><li><p>a</p>" * 30 + "</li></ul>" * 30
    assert from_editor(html).count("a") == 30
    assert render(from_editor(html)).html.count("a") >= 30


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_markdown_that_is_bottomless_is_refused_instead_of_losing_words(mark, xiaoxi):
    with pytest.raises(ValidationError):
        actions.write_article(actor=xiaoxi, title="t", body=mark * 60 + "words")
    assert not Article.objects.exists()


@pytest.mark.parametrize("body", ["[" * 20_000, "*a " * 9_000, "`" * 99_000, "![" * 9_000, "<" * 20_000])
def test_marks_without_end_are_read_in_the_end(body):
    assert render(body).html


def test_bytes_that_are_no_text_fall_away(xiaoxi):
    article = actions.write_article(
        actor=xiaoxi,
        title="标\0题\x1b",
        summary="摘\x00要",
        body="正\0文\r\n第二行\x07",
        keywords=["词\0", "\0"],
    )
    article = Article.objects.get(id=article.id)
    assert (article.title, article.summary, article.body) == ("标题", "摘要", "正文\n第二行")
    assert [k.word for k in article.keywords.all()] == ["词"]


def test_a_title_without_end_is_refused_and_what_was_written_stays_on_the_page(xiaoxi, client_of):
    page = (
        client_of(xiaoxi).post("/write/", {"title": "长" * 10_000, "body": "写了很久的正文"}).content.decode()
    )
    assert "写了很久的正文" in page
    assert not Article.objects.exists()


@pytest.mark.parametrize("body", ["字" * 100_001, "<p>" + "字" * 100_001 + "</p>"])
def test_a_body_that_is_too_long_is_refused_with_its_length_and_not_lost(xiaoxi, client_of, body):
    kind = "html" if body.startswith("<") else "markdown"
    page = client_of(xiaoxi).post("/write/", {"title": "t", "body": body, "form_of_body": kind})
    assert "100001" in page.content.decode()
    assert page.content.decode().count("字") >= 100_001


def test_nul_bytes_sent_to_every_field_of_the_page_are_no_error(xiaoxi, client_of):
    writer = client_of(xiaoxi)
    names = ("title", "summary", "keywords", "body", "note", "copy", "version", "opened")
    words = dict.fromkeys(names, "a\x00b")
    for address in ("/write/", "/write/copy/", "/write/preview/"):
        assert writer.post(address, words).status_code < 500
    assert writer.get("/write/mine/", {"q": "a\0b", "state": "\0", "page": "\0"}).status_code == 200
