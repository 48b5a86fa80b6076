"""What people see: the button and the code at an article, the page of the link, in both languages."""

import re

import pytest

from lingyu.community.articles.models import Article
from lingyu.community.feathers.models import Receipt
from lingyu.community.sharing import actions, links, qr
from lingyu.community.sharing.models import Arrival, ShareLink, Trace

from .known import CHROME, WECHAT, browser, follow

pytestmark = pytest.mark.django_db


def page(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_article_has_the_button_and_the_code_for_everybody(article, luren):
    for client in (browser(), browser(member=luren)):
        shown = page(client, article.get_absolute_url())
        assert f'href="{article.get_absolute_url()}share/"' in shown
        assert f'src="{article.get_absolute_url()}share/code.svg"' in shown
    assert not ShareLink.objects.exists()


def test_the_code_beside_the_text_is_of_the_members_own_link_once_there_is_one(article, luren, dapeng):
    mine, base = browser(member=luren), f"{article.get_absolute_url()}share/"
    plain = browser().get(f"{base}code.svg")
    assert plain["content-type"] == "image/svg+xml" and plain.content.startswith(b"<?xml")
    page(mine, base)
    assert f'src="{base}code.svg?own"' in page(mine, article.get_absolute_url())
    own = mine.get(f"{base}code.svg?own").content
    link = ShareLink.objects.get()
    assert own == qr.vector(f"http://testserver/s/{links.token(link)}/") != plain.content
    for other in (browser(), browser(member=dapeng)):
        assert other.get(f"{base}code.svg?own").content == plain.content
    assert ShareLink.objects.count() == 1


def test_a_visitor_is_given_the_articles_own_address(article):
    shown = page(browser(), f"{article.get_absolute_url()}share/")
    assert f'value="http://testserver{article.get_absolute_url()}"' in shown
    assert "Sign in" in shown and "/s/" not in shown
    assert not ShareLink.objects.exists()


def test_a_member_is_given_a_link_that_is_theirs_alone(article, luren, dapeng):
    mine = page(browser(member=luren), f"{article.get_absolute_url()}share/")
    token = re.search(r'value="http://testserver/s/([^"]+)/"', mine)[1]
    assert links.found(token[22:], article.id).member == luren
    assert token not in page(browser(member=dapeng), f"{article.get_absolute_url()}share/")
    assert "Sharing earns nothing by itself" in mine and "5 feathers" in mine and "up to 15" in mine


def test_the_dialog_gets_the_same_piece_as_the_page_has(article, luren):
    client = browser(member=luren)
    piece = page(client, f"{article.get_absolute_url()}share/", hx_request="true")
    assert "<html" not in piece and piece.strip() in page(client, f"{article.get_absolute_url()}share/")


def test_the_pages_speak_chinese(article, luren):
    shown = page(browser(member=luren, language="zh-hans"), f"{article.get_absolute_url()}share/")
    assert "复制链接" in shown and "微信" in shown
    assert "邀请" in page(browser(member=luren, language="zh-hans"), "/invite/")


def test_the_rules_say_that_sharing_itself_earns_nothing(client_of, luren):
    assert "Sharing itself earns nothing" in page(client_of(luren), "/feathers/")


def test_what_the_code_says_fits_a_small_square(link):
    drawn = str(qr.drawn(f"https://community.example.org/s/{links.token(link)}/"))
    assert "<script" not in drawn and "style=" not in drawn and len(drawn) < 6_000


def test_the_picture_is_a_picture(article, luren):
    for address in (f"{article.get_absolute_url()}share/qr.png", "/invite/qr.png"):
        answer = browser(member=luren).get(address)
        assert answer["content-type"] == "image/png" and answer.content.startswith(b"\x89PNG")


def test_titles_and_names_are_never_markup(xiaoxi, luren):
    from .known import written

    evil = written(xiaoxi, '"><script>alert(1)</script>')
    shown = page(browser(member=luren), f"{evil.get_absolute_url()}share/")
    assert "<script>alert(1)" not in shown


def test_reader_journey_through_the_pages_alone(article, luren, monkeypatch):
    """The link is opened, the article read for the time it takes, reported twice, and counts once."""
    from lingyu.community.articles import reads

    mine = browser(CHROME, address="198.51.100.1", member=luren)
    address = re.search(r"http://testserver(/s/[^\"]+/)", page(mine, f"{article.get_absolute_url()}share/"))[
        1
    ]
    reader = browser(WECHAT, address="198.51.100.2")
    shown = reader.get(address, follow=True).content.decode()
    token = re.search(r'data-token="([^"]+)"', shown)[1]
    report = f"{article.get_absolute_url()}read/"
    assert reader.post(report, {"token": token}).status_code == 400
    late = reads.time.time() + reads.SECONDS + 1
    monkeypatch.setattr(reads.time, "time", lambda: late)
    for _ in range(3):
        assert reader.post(report, {"token": token}).status_code == 204
    assert reader.post(report, {"token": token + "x"}).status_code == 400
    follow()
    assert [(r.outcome, r.amount) for r in Receipt.objects.of(luren)] == [("pending", 5)]
    assert "1 reader counted" in page(mine, f"{article.get_absolute_url()}share/")


def test_reading_ones_own_link_in_a_browser_where_one_had_signed_in_and_out(article, luren, monkeypatch):
    from lingyu.community.accounts import actions as accounts
    from lingyu.community.articles import reads

    accounts.set_password(actor=None, member=luren, password="quiet feathers")
    link = actions.make_link(actor=luren, article=article)
    other = browser(WECHAT, address="198.51.100.3")
    assert other.post("/accounts/login/", {"login": "路人", "password": "quiet feathers"}).status_code == 302
    assert Trace.objects.filter(member=luren).count() == 2
    other.post("/accounts/logout/")
    # Another network by now: only the cookie is left to know the browser by.
    other.defaults["REMOTE_ADDR"] = "198.51.100.77"
    shown = other.get(f"/s/{links.token(link)}/", follow=True).content.decode()
    late = reads.time.time() + reads.SECONDS + 1
    monkeypatch.setattr(reads.time, "time", lambda: late)
    token = re.search(r'data-token="([^"]+)"', shown)[1]
    assert other.post(f"{article.get_absolute_url()}read/", {"token": token}).status_code == 204
    follow()
    assert [(r.outcome, r.reason) for r in Receipt.objects.of(luren)] == [("refused", "share.browser")]


@pytest.mark.parametrize("name", ["", "curl/8.5", "Googlebot/2.1", "HeadlessChrome/140", "python-requests/2"])
def test_programs_are_led_on_and_count_for_nothing(name, article, luren):
    link = actions.make_link(actor=luren, article=article)
    answer = browser(name).get(f"/s/{links.token(link)}/")
    assert answer.status_code == 302
    assert Arrival.objects.get().dismissed_because == "share.bot"


@pytest.mark.parametrize(
    "name",
    [
        CHROME,
        WECHAT,
        "Mozilla/5.0 (Linux; Android 10; CUBOT_NOTE) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 14) XWEB/1160117 MMWEBSDK/20240404 MicroMessenger/8.0.49",
    ],
)
def test_people_are_not_taken_for_programs(name, article, luren):
    link = actions.make_link(actor=luren, article=article)
    browser(name).get(f"/s/{links.token(link)}/")
    assert Arrival.objects.get().dismissed_because == ""


def test_no_address_and_no_browser_is_kept(article, luren):
    link = actions.make_link(actor=luren, article=article)
    reader = browser(WECHAT, address="198.51.100.250")
    reader.get(f"/s/{links.token(link)}/")
    row = str(Arrival.objects.values().get())
    assert "198.51" not in row and "MicroMessenger" not in row and reader.cookies["visitor"].value not in row
    assert Article.objects.count() == 1
