"""The manifest of content operations."""

from lingyu.kernel.operations import Drivers, Filter, Panel, operation
from lingyu.kernel.text import N_

from . import metrics as m
from .levers import FEATURE
from .names import article_names, author_names, column_names

OPERATION = operation(
    code="content",
    zh="内容运营",
    en="Content",
    order=30,
    icon="book-open-text",
    about=N_("What is published, who really reads it, and whether they answer."),
    begin=N_("Effective reads arrive by themselves once articles are published and people stay with them."),
    final=m.EFFECTIVE_READS,
    tiles=(
        m.EFFECTIVE_READS,
        m.READERS,
        m.READ_TO_COMMENT,
        m.COMMENTS_APPROVED,
        m.ARTICLES_PUBLISHED,
    ),
    drivers=(
        Drivers(
            of=m.EFFECTIVE_READS,
            levels=(m.READERS, m.EFFECTIVE_READS),
            factors=(m.READERS, m.READS_PER_READER),
        ),
    ),
    filters=(Filter(field="column", zh="栏目", en="Column", names=column_names),),
    panels=(
        Panel(
            code="bridge",
            zh="有效阅读从何而来",
            en="What moved the reads",
            kind="bridge",
            metrics=(m.EFFECTIVE_READS,),
        ),
        Panel(
            code="trend",
            zh="趋势",
            en="Trend",
            kind="trend",
            wide=True,
            metrics=(
                m.EFFECTIVE_READS,
                m.READERS,
                m.COMMENTS_POSTED,
                m.COMMENTS_APPROVED,
                m.ARTICLES_PUBLISHED,
            ),
        ),
        Panel(
            code="articles",
            zh="按文章",
            en="By article",
            kind="breakdown",
            by="article",
            names=article_names,
            metrics=(m.EFFECTIVE_READS, m.READERS, m.COMMENTS_POSTED),
            levers=(FEATURE,),
        ),
        Panel(
            code="columns",
            zh="按栏目",
            en="By column",
            kind="breakdown",
            by="column",
            names=column_names,
            metrics=(m.EFFECTIVE_READS, m.READERS, m.COMMENTS_POSTED),
        ),
        Panel(
            code="authors",
            zh="按作者",
            en="By author",
            kind="breakdown",
            by="author",
            names=author_names,
            metrics=(m.EFFECTIVE_READS, m.READERS, m.COMMENTS_POSTED),
        ),
    ),
    levers=(FEATURE,),
)
