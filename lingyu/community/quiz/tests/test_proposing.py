"""What is proposed about Chinese text is what a person would ask: results and terms, with likely others."""

import re

import pytest

from lingyu.community.quiz.proposing import GAP, proposals
from lingyu.community.quiz.proposing.numerals import value_of, write

pytestmark = pytest.mark.one_database

REVIEW = """<h2>第三天发生了什么 88%</h2>
<p>先报好消息：七日连签活动，三周，参与六万八千人，日活最高涨了 31%。</p>
<p>按比例放大之后，活动真正多带来的是六千三百人，不是两万。于是我们把目标改成「三十天后还在的人」。</p>
<p>我们留了两成新客走老流程。他们十分努力，这三个人说一句话，没有什么不同。为什么会这样？</p>
<p>每周一我会收到大约三百条反馈，其中投诉占四成。</p>"""


def asked(html: str) -> dict[str, list[str]]:
    """The options of each proposal, the right one first, by its text."""
    found = {}
    for p in proposals(html, seed="1"):
        right = p.options[p.right]
        found[p.text] = [right, *(o for o in p.options if o != right)]
    return found


def test_a_result_is_asked_first_and_by_its_number():
    first = next(iter(asked(REVIEW)))
    assert first == "先报好消息：七日连签活动，三周，参与六万八千人，日活最高涨了 ____%。"


def test_wrong_numbers_are_written_like_the_right_one():
    found = asked(REVIEW)
    for text, options in found.items():
        right = options[0]
        assert len(options) == len(set(options)) == 4, text
        if value_of(right):
            assert all((o[0].isdigit()) == right[0].isdigit() for o in options), options
            assert all(0.2 <= value_of(o) / value_of(right) <= 5 for o in options), options


def test_no_gap_stands_where_anything_could_stand():
    rights = {options[0] for options in asked(REVIEW).values()}
    assert rights
    assert rights.isdisjoint({"我们", "什么", "没有", "他们", "一", "十", "这", "三"})


def test_a_heading_and_a_question_are_not_asked_about():
    assert not any("88" in text or "为什么" in text for text in asked(REVIEW))


def test_a_sentence_that_leans_on_another_is_asked_with_it():
    [text] = [t for t in asked(REVIEW) if "天后还在的人" in t]
    assert text.startswith("按比例放大之后") and text.count(GAP) == 1


def test_every_option_but_one_is_wrong():
    plain = re.sub("<[^>]+>", "", REVIEW)
    for text, options in asked(REVIEW).items():
        assert text.replace(GAP, options[0]) in plain
        assert not any(text.replace(GAP, wrong) in plain for wrong in options[1:])


def test_terms_are_asked_with_other_terms_of_the_article():
    html = (
        "<p>有效阅读就是停留十五秒以上的阅读，点击率不能说明它。</p><p>资源位的价值取决于有效阅读。</p>"
        "<p>以前首页横幅看的是点击率，现在看的是单位价值。</p><p>单位价值最高的是文末推荐，不是首页横幅。</p>"
        "<p>我们也比较过内容评分、渠道质量、会员等级和活动预算。</p>"
    )
    terms = [found for found in asked(html).values() if not value_of(found[0])]
    assert {found[0] for found in terms} & {"首页横幅", "点击率", "单位价值", "有效阅读"}
    assert {o for found in terms for o in found} & {"渠道质量", "内容评分", "会员等级", "活动预算"}
    assert all("就是" not in found for found in terms)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("一百一十八", 118),
        ("两千三百", 2300), ("六万八千", 68_000), ("两万零四百", 20_400), ("三亿", 300_000_000),
        ("48,213.70", 48_213.7), ("7.5", 7.5), ("0", 0),
    ],
)  # fmt: skip
def test_numerals_are_read_and_written_in_the_same_manner(text, value):
    assert value_of(text) == value
    assert write(value, text) == text


@pytest.mark.parametrize("text", ["七八", "一两", "万", "百", "十十", "两三"])
def test_what_is_only_about_a_number_is_none(text):
    assert value_of(text) is None


def test_the_second_is_written_as_the_second():
    assert write(2, "三", nth=True) == "二"
    assert write(2, "三") == "两"


def test_an_english_text_gives_questions_too():
    html = (
        "<p>Retention of the campaign rose to 42% within 30 days. The vouchers reached 6,300 people.</p>"
        "<p>The budget was cut by 50% in the end.</p>"
    )
    assert asked(html)
    assert all(len(options) == 4 for options in asked(html).values())


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p>。</p>" * 99, "<p>一二三</p>", "<p>" + "三百条" * 9_000 + "</p>"]
)
def test_a_text_that_says_nothing_gives_no_questions(html):
    assert asked(html) == {}
