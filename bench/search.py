"""Search: what 20,000 Chinese articles answer, beside a scan and beside bare FTS5 trigrams.

Run it with `python -m bench.search`. The texts are random sentences of a fixed vocabulary, about 700
characters each. The peers hold the same texts: `LIKE` over the table, and FTS5's own trigram
tokenizer, which cannot find words of two characters and so answers nothing for most of the questions.
"""

import os
import sqlite3
import tempfile
from pathlib import Path
from random import Random

from ._printing import Table, best

ARTICLES = 20_000
WORDS = """
运营 社区 用户 羽毛 商城 内容 活动 渠道 转化 留存 增长 复盘 周报 会员
评论 文章 审核 奖励 阅读 数据 指标 工作台 电商 订单 退款 店铺 预算 投放
裂变 邀请 分享 标题 专栏 作者 读者 编辑 推荐 资源位 调性 选题 排期 发布
我们 他们 需要 可以 因为 所以 如果 但是 一个 每天 上周 去年 目标 计划
结果 原因 方法 经验 问题 团队 负责人 版主 公约 举报 申诉
"""
VOCABULARY = WORDS.split()
QUESTIONS = ("羽毛商城", "留存", "复盘 周报", "资源位排期", "yunying", "yyzb", "店铺 退款 原因")


def main() -> None:
    """Fill an index in a throw-away folder, then ask."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(LINGYU_HOME=home, DJANGO_SETTINGS_MODULE="lingyu.config.settings", DATABASE_URL="")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(Path(home))


def measure(home: Path) -> None:
    """Time entering and asking, and print both."""
    texts = _texts()
    table = Table(f"{ARTICLES:,} articles of about 700 characters")
    table.add("entering: cut, sounded, indexed", ARTICLES, best(lambda: _fill(texts), times=1))
    table.show()
    from lingyu.community.search.asking import asked
    from lingyu.community.search.index import find
    from lingyu.community.search.index.base import Wanted

    peer = _peer(home, texts)
    print(f"\n{'':20}{'found':>7}{'ms':>8}{'LIKE ms':>9}{'trigram ms':>12}{'found':>7}")
    for typed in QUESTIONS:
        question = asked(typed)
        found = find(question, Wanted("article"), 15)
        ours = best(lambda q=question: find(q, Wanted("article"), 15))
        like = best(lambda t=typed: _like(peer, t))
        grams = best(lambda t=typed: _trigram(peer, t))
        print(
            f"{typed:20}{found.total:7,}{ours.wall * 1e3:8.2f}{like.wall * 1e3:9.1f}"
            f"{grams.wall * 1e3:12.2f}{_trigram(peer, typed):7,}"
        )


def _texts() -> list[tuple[str, str]]:
    """Few words are common and many rare, as in any language: the n-th comes 1/n as often."""
    random = Random(3)
    common = [chr(0x4E00 + random.randrange(3_000)) for _ in range(1_500)]
    rare = ["".join(random.sample(common, 2)) for _ in range(6_000)]
    words = random.sample(VOCABULARY + rare, len(VOCABULARY) + len(rare))
    weights = [1 / n for n in range(1, len(words) + 1)]
    drawn = random.choices(words, weights, k=ARTICLES * 250)
    return [
        ("".join(random.choices(VOCABULARY, k=5)), "，".join(drawn[n * 250 : n * 250 + 250]))
        for n in range(ARTICLES)
    ]


def _fill(texts: list[tuple[str, str]]) -> None:
    from django.db import transaction
    from django.utils import timezone

    from lingyu.community.search.actions import enter
    from lingyu.community.search.models import Document
    from lingyu.kernel.ids import uuid7

    with transaction.atomic():
        for title, text in texts:
            enter(Document(kind="article", subject=uuid7(), title=title, text=text, at=timezone.now()))


def _peer(home: Path, texts: list[tuple[str, str]]) -> sqlite3.Connection:
    peer = sqlite3.connect(home / "peer.sqlite3")
    peer.execute("CREATE TABLE plain (title TEXT, text TEXT)")
    peer.execute("CREATE VIRTUAL TABLE grams USING fts5(title, text, tokenize = trigram)")
    for name in ("plain", "grams"):
        peer.executemany(f"INSERT INTO {name} VALUES (?, ?)", texts)
    peer.commit()
    return peer


def _like(peer: sqlite3.Connection, typed: str) -> int:
    words = typed.split()
    met = " AND ".join("(title || text) LIKE ?" for _ in words)
    return peer.execute(f"SELECT count(*) FROM plain WHERE {met}", [f"%{w}%" for w in words]).fetchone()[0]


def _trigram(peer: sqlite3.Connection, typed: str) -> int:
    met = " AND ".join(f'"{word}"' for word in typed.split())
    return peer.execute("SELECT count(*) FROM grams WHERE grams MATCH ?", [met]).fetchone()[0]


if __name__ == "__main__":
    main()
