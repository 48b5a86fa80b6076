"""The typed rules, each on what it is for and on what only looks like it."""

import pytest

from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import NamedStep, Post, Screener
from lingyu.community.pact.screening.normalise import Views
from lingyu.community.pact.screening.rules import RULES, Rules, version
from lingyu.community.pact.screening.rules.links import links
from lingyu.community.pact.screening.rules.persons import is_card, is_identity
from lingyu.community.pact.screening.rules.repeats import likeness
from tests.effort import LINEAR, growth

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def ruled() -> Screener:
    """A screener of rules alone."""
    return Screener([NamedStep("rules", Rules())], load())


def found(screener: Screener, text: str, **post) -> set[str]:
    """The clauses found."""
    return {f.clause for f in screener.screen(Post(text, **post)).findings}


@pytest.mark.parametrize(
    "text",
    [
        "加我微信 abc_123 领资料",
        "V信:demo_8899",
        "扣扣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣ 进来",
        "联系幺三八零零零零零零零零",
        "电话 138-0000-0000",
        "加薇❤abc123",
        "jia wo wei xin",
        "加 v x : d e m o 0 1",
        "Telegram: @promo_demo",
        "加热线 400-000-0000",
    ],
)
def test_contact_details_are_found_in_every_disguise(ruled, text):
    assert "3.1" in found(ruled, f"想做的{text}")


@pytest.mark.parametrize(
    "text",
    [
        "微信步数三百步",
        "国家威信不容挑战",
        "今年增加卫星数量 3 颗",
        "QQ 音乐和微信读书哪个好用",
        "订单号 20241111138000 查不到",
        "为什么加微信的通过率这么低",
        "Q3 的目标是 120000",
        "圆周率 3.14159265358979",
    ],
)
def test_talk_about_channels_and_long_numbers_are_no_contact_details(ruled, text):
    assert not found(ruled, text)


def test_only_what_was_disguised_is_disguised_advertising(ruled):
    assert "3.8" in found(ruled, "加薇❤abc123")
    assert "3.8" not in found(ruled, "加我微信 abc_123")


@pytest.mark.parametrize(
    "text",
    [
        "好价 https://u.jd.com/xK9Qa2 速来",
        "看这里 http://dl.example.com/jump?to=http%3A%2F%2Fshop.example.net",
        "复制这段打开淘宝 ￥kQ3xW8bN2aZ￥",
        "https://shop.example.com/i?pid=mm_1_2_3",
        "短链 t.cn/A6x9Kq2z",
    ],
)
def test_links_that_earn_or_lead_on_are_found_unless_they_say_so(ruled, text):
    assert found(ruled, text) == {"3.4"}
    assert not found(ruled, f"含推广链接:{text}")


@pytest.mark.parametrize(
    "text", ["文档 https://www.example.com/page?ref=nav", "见 example.org/a.pdf", "我的 3.com"]
)
def test_plain_links_are_plain(ruled, text):
    assert not found(ruled, text)


def test_a_link_knows_its_registrable_domain():
    view = Views("a.b.example.com.cn/x ＷＷＷ.Example.COM me@mail.example.com").clean
    assert [link.domain for link in links(view)] == ["example.com.cn", "example.com"]


def test_repeats_are_found_by_the_authors_earlier_posts_and_by_others(ruled):
    text = "本店新品面膜买一送一,点我主页下单"
    again = ("本店新品面膜买一送一!点我主页下单哦",)
    assert found(ruled, text, before=again) == {"3.2"}
    assert found(ruled, text, others=again) == {"3.3"}
    assert not found(ruled, text, before=("今天天气不错,适合去河边走一走",))
    assert not found(ruled, "谢谢分享", before=("谢谢分享",))


def test_likeness_is_jaccards_index_of_pairs():
    assert likeness("abcd", "abcx") == 2 / 4
    assert likeness("a", "a") == 0.0


def test_keywords_and_links_in_rows_are_stuffing_and_lists_are_not(ruled):
    assert found(ruled, "北京搬家公司 上海搬家公司 广州搬家公司 深圳搬家公司 杭州搬家公司 成都搬家公司") == {
        "3.5"
    }
    assert found(ruled, " ".join(f"http://a{n}.example.com" for n in range(6))) == {"3.5"}
    assert not found(ruled, "菜单:宫保鸡丁、鱼香肉丝、回锅肉、麻婆豆腐、红烧肉、清蒸鱼,人均六十")


def test_a_name_that_claims_an_office_is_found_and_a_joke_on_one_is_not(ruled):
    assert found(ruled, "翎羽官方客服", kind="nickname") == {"5.3"}
    assert found(ruled, "管*理*员", kind="nickname") == {"5.3"}
    assert not found(ruled, "被管理员禁言的鱼", kind="nickname")
    assert not found(ruled, "翎羽官方客服在哪里找")


def test_identity_numbers_are_found_by_their_check_character(ruled):
    good, bad = "11010519491231002x", "110105194912310021"
    assert is_identity(good) and not is_identity(bad)
    assert found(ruled, f"他的号码 {good.upper()}") == {"1.10"}
    assert not found(ruled, f"订单 {bad}")


def test_a_card_is_known_by_luhns_test():
    assert is_card("4111111111111111") and not is_card("4111111111111112")


def test_a_telephone_of_somebody_laid_bare_is_personal_data(ruled):
    assert "1.10" in found(ruled, "前男友的手机号 1380000xxxx,大家打爆他")


def test_every_rule_has_a_name_of_its_own_and_clauses_of_the_pact():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {clause for rule in RULES for clause in rule.clauses} <= set(load().by_code)
    assert version() == version() and len(version()) == 12


BOMBS = {
    "letters": "a" * 50_000,
    "hosts": "a." * 25_000,
    "dashes": "a-" * 25_000,
    "digits": "1" * 50_000,
    "numerals": "一三" * 25_000,
    "queries": "http://a.com/?" + "a=http" * 8_000,
    "tokens": "复制￥" + "aA1" * 16_000,
    "channels": "加微信" * 16_000,
    "letters of channels": "jia wo " * 7_000,
    "marks": "，" * 50_000,
    "anchors": "<a " * 16_000,
    "underscores": "v:" + "a_" * 25_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_expression_takes_longer_than_its_text_is_long(ruled, name):
    bomb = BOMBS[name]
    assert growth(lambda size: ruled.screen(Post(bomb[:size])), size=len(bomb) // 8) < LINEAR
