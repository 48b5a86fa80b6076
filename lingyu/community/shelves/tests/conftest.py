"""What the tests of the shelves have in common."""

import pytest

from lingyu.community.articles import actions as articles

BODY = (
    "开头。\n\n## 起因\n\n"
    + "\n\n".join(f"第{n}段的内容写在这里。" for n in range(20))
    + "\n\n藏在最后的答案。"
)


@pytest.fixture
def publish(xiaoxi):
    """`publish("title", …)`: an article by 小喜 that everybody may read."""

    def published(title, at=None, author=None, **words):
        author = author or xiaoxi
        article = articles.write_article(actor=author, title=title, body=BODY, at=at, **words)
        articles.publish_article(actor=author, article=article, at=at)
        return article

    return published


@pytest.fixture
def growth(db):
    """A column called Growth."""
    return articles.open_column(actor=None, slug="growth", zh="增长", en="Growth")


@pytest.fixture
def reader(db, client_of, anonymous):
    """A browser that nobody is logged in to."""
    return client_of(anonymous)
