"""A harness that finds nothing proves nothing: each kind of harm is done here on purpose, and found."""

import csv
import io

import pytest
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path

from lingyu.community.articles.models import Keyword
from lingyu.kernel.access import PUBLIC, access

from . import corpus, inert
from .corpus import CANARY
from .driving import Judge
from .kept import illegible
from .pages import Page
from .walking import walk

FORM = '<form method="post" action="/{0}/"><textarea name="words"></textarea><button>Send</button></form>'
# Where a template might put what a member typed without escaping it.
PLACES = ["<p>{}</p>", '<p title="{}">', "<p title='{}'>", "<title>{}</title>", "<textarea>{}</textarea>"]


@access(PUBLIC)
def keeps(request):
    """Keeps what it is sent, and shows it as it came."""
    if request.method == "POST":
        Keyword.objects.create(word=request.POST.get("words", "")[:20])
    shown = "".join(Keyword.objects.values_list("word", flat=True))
    return HttpResponse(FORM.format("keeps") + shown)


@access(PUBLIC)
def falls(request):
    """Falls over what is too long."""
    if len(request.POST.get("words", "")) > 1_000:
        raise RuntimeError("too long")
    return HttpResponse(FORM.format("falls") + "<p class='error'>No.</p>")


@access(PUBLIC)
def halves(request):
    """Refuses, and has written."""
    if request.method == "POST":
        Keyword.objects.create(word="half")
        return HttpResponse(status=400)
    return HttpResponse(FORM.format("halves"))


@access(PUBLIC)
def mute(request):
    """Shows the form again without saying why."""
    return HttpResponse(FORM.format("mute"))


@access(PUBLIC)
def leads_away(request):
    """Sends people to wherever they are told."""
    return (
        HttpResponseRedirect("//evil.example/") if request.POST else HttpResponse(FORM.format("leads_away"))
    )


urlpatterns = [path(f"{v.__name__}/", v) for v in (keeps, falls, halves, mute, leads_away)]

FOUND = {
    "keeps": "the element",
    "falls": "RuntimeError",
    "halves": "and yet wrote",
    "mute": "without a word",
    "leads_away": "sends to",
}


@pytest.mark.parametrize("name", FOUND)
def test_a_view_that_does_harm_is_found(name, db, settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(corpus, "FULL", True)
    monkeypatch.setattr(corpus, "MARKUP", [f"<{CANARY}>"])
    client, judge = Client(raise_request_exception=False), Judge()
    [form] = Page(f"/{name}/", client.get(f"/{name}/").content.decode()).forms
    judge.try_out(client, "nobody", form)
    assert any(FOUND[name] in wrong for wrong in judge.wrongs), judge.wrongs


def test_what_a_view_has_kept_alive_is_found_on_a_later_walk(db, settings):
    settings.ROOT_URLCONF = __name__
    client, judge = Client(raise_request_exception=False), Judge()
    [form] = walk(client, "nobody", ["/keeps/"]).forms
    judge.send(client, "nobody", form, [("words", f"<{CANARY}>")], "kept", keep=True)
    assert walk(client, "nobody", ["/keeps/"]).wrongs == [f"GET /keeps/ by nobody: the element <{CANARY}>"]


def test_what_was_kept_as_it_came_is_found(db, xiaoxi):
    assert illegible() == []
    Keyword.objects.create(word="a\u202eb")
    [wrong] = illegible()
    assert wrong.startswith("articles.Keyword.word keeps")


@pytest.mark.parametrize("payload", corpus.MARKUP[:6:1] + corpus.MORE_MARKUP[:1])
def test_markup_is_found_alive_in_one_place_or_another(payload):
    from markupsafe import escape

    shown = [place.format(payload) for place in PLACES] + [f'<a href="{escape(payload)}">']
    if payload.startswith("["):
        address = payload.partition("(")[2].partition(")")[0]
        shown.append(f'<a href="{escape(address)}">')
    assert any(inert.in_html(html) for html in shown)


@pytest.mark.parametrize("place", PLACES)
def test_markup_that_was_escaped_is_found_still(place):
    from markupsafe import escape

    for payload in [*corpus.MARKUP, *corpus.MORE_MARKUP]:
        assert inert.in_html(place.format(escape(payload)), own=True) == [], payload


ALIVE = [
    f'<a href="java\tscript:{CANARY}()">',
    f'<a href=" &#x6a;avascript:{CANARY}">',
    f'<form action="javascript:{CANARY}">',
    f"<p onclick='{CANARY}'>",
    f'<p style="background:url({CANARY})">',
    f"<script>let a = '{CANARY}'</script>",
    f'<script type="application/ld+json">{{"name": "{CANARY}</script>',
    f"<style>{CANARY}</style>",
    f"<!-- {CANARY} -->",
    f'<a href="https://evil.example/{CANARY}">',
    f"<p>{CANARY}{corpus.SUM[1]}</p>",
    "<p>\u202egpj.exe</p>",
    f'<button hx-on:click="{CANARY}">',
    f'<meta http-equiv="refresh" content="0;url={CANARY}">',
]


@pytest.mark.parametrize("html", ALIVE)
def test_what_is_alive_in_a_page_is_found(html):
    assert inert.in_html(html)


def test_what_is_alive_elsewhere_is_found():
    table = io.StringIO()
    csv.writer(table).writerow(["Title", f'=HYPERLINK("{CANARY}")'])
    assert inert.in_answer("text/csv; charset=utf-8", table.getvalue().encode())
    assert inert.in_answer("application/rss+xml", f"<rss><title>\x0b{CANARY}</title></rss>".encode())
    assert inert.in_answer(
        "application/atom+xml", f"<feed><s type='html'>&lt;{CANARY}&gt;</s></feed>".encode()
    )
    for name in ("encoded", "description"):
        html = f"<rss><{name}>&lt;{CANARY}&gt;</{name}></rss>"
        assert inert.in_answer("application/rss+xml", html.encode())
    assert inert.in_answer("application/rss+xml", f"<rss><title>{CANARY}</rss>".encode())
    letter = EmailMultiAlternatives("Hello", "", to=["plume@example.org"])
    letter.attach_alternative(f"<p onload={CANARY}>", "text/html")
    assert inert.in_letter(letter.message())
