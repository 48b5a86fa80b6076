"""Clusters from signs: worked by hand, and a simulated campaign among honest posts."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingyu.community.rings.cycles import circles
from lingyu.community.rings.graph import Graph, Sign
from lingyu.community.rings.nearness import near_pairs


def test_an_edge_is_as_sure_as_its_signs_together():
    graph = Graph()
    graph.add("b", "a", Sign("text"))
    graph.add("a", "b", Sign("device"))
    graph.add("a", "b", Sign("text", 0.5))
    (edge,) = graph.edges.values()
    assert (edge.one, edge.other) == ("a", "b")
    assert edge.score == pytest.approx(1 - (1 - 0.55) * (1 - 0.35))


def test_two_are_no_ring_and_a_weak_sign_binds_nobody():
    graph = Graph()
    graph.add("a", "b", Sign("browser"))
    assert graph.clusters() == []
    graph.add("b", "c", Sign("device"))
    assert graph.clusters() == []
    graph.add("b", "c", Sign("contact"))
    (found,) = graph.clusters()
    assert found.members == ("a", "b", "c")


# A busy machine is no fault of the graph.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20), st.randoms())
def test_the_order_of_signs_does_not_matter_and_nobody_is_in_two_clusters(pairs, chance):
    first, second = Graph(), Graph()
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    for graph, order in ((first, pairs), (second, shuffled)):
        for one, other in order:
            graph.add(one, other, Sign("browser"))
    members = [c.members for c in first.clusters()]
    assert members == [c.members for c in second.clusters()]
    everybody = [m for cluster in members for m in cluster]
    assert len(everybody) == len(set(everybody))


def test_feathers_that_only_go_round_are_a_circle_and_friends_among_many_are_not():
    ring = [("a", "b", 5), ("b", "c", 5), ("c", "a", 5)]
    friends = [("x", "y", 1), ("y", "x", 1)] + [("x", f"reader{n}", 1) for n in range(9)]
    friends += [("y", f"reader{n}", 1) for n in range(9)]
    assert list(circles(ring + friends)) == [(("a", "b", "c"), 1.0)]


def test_a_flood_of_arrows_is_looked_through_in_bounded_time():
    chance = random.Random(3)
    arrows = [(f"m{chance.randrange(400)}", f"m{chance.randrange(400)}", 1) for _ in range(4_000)]
    assert sum(1 for _ in circles(arrows)) >= 0


SEEDS = (
    "姐妹们这家店的面膜真的绝了，敷完第二天脸都在发光，想要的来找我拿内部价",
    "兼职打字员在家就能做，一天两百到三百，不收押金，有意的看我主页",
    "代写论文查重包过，硕士团队一对一，加急当天交稿，价格好商量",
    "低价出各大平台会员，年卡只要三折，自动发货，拍下秒到账",
    "想学剪辑的朋友看过来，零基础两周接单，学费赚回来再付",
)


def variants(seed: str, count: int, chance: random.Random) -> list[str]:
    """A campaign's posts: some characters changed, something put before and behind."""
    made = []
    for _ in range(count):
        letters = list(seed)
        for place in chance.sample(range(len(letters)), int(len(letters) * chance.uniform(0.05, 0.25))):
            letters[place] = chance.choice("的了呀哦吧一二三四五六七八九十好真很")
        made.append(
            chance.choice(["", "哈喽~", "亲，", "urgent "])
            + "".join(letters)
            + chance.choice(["", "!!", "🌟"])
        )
    return made


def test_a_campaign_is_found_and_no_honest_post_is_drawn_into_it():
    chance = random.Random(11)
    spam = {(n, k): text for n, seed in enumerate(SEEDS) for k, text in enumerate(variants(seed, 8, chance))}
    words = "留存转化复盘活动预算渠道内容用户社区评论增长漏斗实验样本周报排期选题脚本直播间退货客单价复购"
    honest = {("ok", n): "".join(chance.choices(words, k=chance.randrange(20, 60))) for n in range(300)}
    linked = list(near_pairs([*spam.items(), *honest.items()]))
    clustered = {key for near in linked for key in (near.one, near.other) if key in spam}
    mixed = [near for near in linked if (near.one in spam) != (near.other in spam)]
    assert len(clustered) >= 0.9 * len(spam)
    assert not mixed
    assert all(near.one[0] == near.other[0] for near in linked if near.one in spam)


def test_likeness_is_what_both_have_in_common_in_order():
    """Of 12 and 10 characters 9 are common in order: 甲乙丙丁戊己庚辛子."""
    one, other = "甲乙丙丁戊己庚辛壬癸丑子", "甲乙丙丁戊己庚辛天子"
    (near,) = near_pairs([("a", one), ("b", other)])
    assert (near.likeness, near.length) == (pytest.approx(2 * 9 / (12 + 10)), 10)


def test_like_texts_in_another_order_are_not_the_same():
    assert not list(near_pairs([("a", "先看留存再谈增长最后复盘"), ("b", "最后增长谈再看留存复盘先")], 0.8))


def test_a_flood_of_one_text_is_one_chain_and_not_every_pair():
    flood = [(n, "低价出各大平台会员年卡只要三折自动发货") for n in range(500)]
    assert 499 <= len(list(near_pairs(flood))) <= 3 * 500


def test_texts_too_short_or_too_few_are_like_nothing():
    assert list(near_pairs([])) == []
    assert list(near_pairs([("a", "写得好"), ("b", "写得好")])) == []
    assert list(near_pairs([("a", "哈哈哈哈哈哈哈哈哈哈"), ("b", "哈哈哈哈哈哈哈哈哈哈")])) == []
