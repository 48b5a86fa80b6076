"""The demo's pictures: a few charts drawn by code, put into articles by their authors, all made up."""

import io
from datetime import datetime, timedelta
from random import Random

from PIL import Image, ImageDraw

from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.community.pictures import actions

SIZE = (1280, 640)
GROUND, RULE, BLUE, TEAL, ORANGE = "#f6f8fb", "#dfe5ee", "#1457e0", "#0b998f", "#d9740f"
# Which article, how it is drawn, what is on it, what stands below it.
CHARTS = [
    (0, "bars", "两组柱形：新流程的第二单比例高于老流程", "示意图：两组新客的第二单比例（模拟数据）"),
    (7, "line", "一条曲线：晚间八点到十点最高", "示意图：一天之中各时段的阅读量（模拟数据）"),
    (13, "line", "一条缓缓上升的曲线", "示意图：近十二周的趋势（模拟数据）"),
]


def load(people: dict[str, Member], written: list[Article], random: Random, now: datetime) -> None:
    """Draw each chart, and put it after the first paragraph of its article."""
    for index, kind, alt, caption in CHARTS:
        if index >= len(written):
            continue
        article = written[index]
        at = min(article.published_at + timedelta(minutes=20), now)
        drawn = _bars(random) if kind == "bars" else _line(random)
        picture = actions.add_picture(actor=article.author, data=drawn, alt=alt, at=at)
        first, _, rest = article.body.partition("\n\n")
        articles.edit_article(
            actor=article.author,
            article=article,
            title=article.title,
            summary=article.summary,
            body=f'{first}\n\n![{alt}]({picture.address.url} "{caption}")\n\n{rest}',
            column=article.column,
            keywords=[k.word for k in article.keywords.all()],
            note="配图",
            at=at,
        )


def _ground() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    for y in range(100, 600, 110):
        pen.line([(70, y), (1210, y)], fill=RULE, width=2)
    return picture, pen


def _line(random: Random) -> bytes:
    picture, pen = _ground()
    heights = [480 - n * 26 + random.randrange(-40, 40) for n in range(12)]
    points = [(90 + n * 100, y) for n, y in enumerate(heights)]
    pen.line(points, fill=BLUE, width=9, joint="curve")
    for x, y in points:
        pen.ellipse((x - 11, y - 11, x + 11, y + 11), fill=GROUND, outline=BLUE, width=6)
    return _png(picture)


def _bars(random: Random) -> bytes:
    picture, pen = _ground()
    for n in range(4):
        left, low = 130 + n * 280, random.randrange(150, 220)
        pen.rounded_rectangle((left, 540 - low, left + 80, 540), 10, fill=TEAL)
        pen.rounded_rectangle((left + 96, 540 - low - 90 - n * 20, left + 176, 540), 10, fill=ORANGE)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
