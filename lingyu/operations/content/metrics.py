"""The numbers of content operations, over the community's facts."""

from datetime import timedelta

from lingyu.community.articles.events import ArticlePublished, ArticleRead
from lingyu.community.comments.events import CommentApproved, CommentPosted, CommentRemoved
from lingyu.kernel.conversion import Conversion
from lingyu.kernel.metrics import Count, Distinct, Ratio, declare
from lingyu.kernel.text import N_

EFFECTIVE_READS = declare(
    Count(
        name="effective_reads",
        zh="有效阅读",
        en="Effective reads",
        event=ArticleRead,
        about=N_(
            "A person stayed with an article for 15 visible, focused seconds and scrolled at least half-way; "
            "at most one a person, article and day. The author's own reading is left out."
        ),
    )
)
READERS = declare(
    Distinct(
        name="readers",
        zh="有效读者",
        en="Readers",
        event=ArticleRead,
        field="person",
        about=N_(
            "Different people with at least one effective read in the period; never added up from days."
        ),
    )
)
READS_PER_READER = declare(
    Ratio(
        name="reads_per_reader",
        zh="人均有效阅读",
        en="Reads per reader",
        unit="number",
        numerator=EFFECTIVE_READS,
        denominator=READERS,
        about=N_("Effective reads divided by the people who made them."),
    )
)
ARTICLES_PUBLISHED = declare(
    Count(
        name="articles_published",
        zh="发布文章数",
        en="Articles published",
        event=ArticlePublished,
        about=N_("Articles opened to everybody in the period; later edits do not count again."),
    )
)
COMMENTS_POSTED = declare(
    Count(
        name="comments_posted",
        zh="提交评论数",
        en="Comments posted",
        event=CommentPosted,
        about=N_("Comments and replies that members sent, whether or not a moderator has approved them."),
    )
)
COMMENTS_APPROVED = declare(
    Count(
        name="comments_approved",
        zh="过审评论数",
        en="Comments approved",
        event=CommentApproved,
        about=N_("Comments that a moderator opened to everybody, on the day of the approval."),
    )
)
COMMENTS_REMOVED = declare(
    Count(
        name="comments_removed",
        zh="移除评论数",
        en="Comments removed",
        event=CommentRemoved,
        good="down",
        about=N_("Comments that a moderator took away, on the day of the removal."),
    )
)
COMMENTERS = declare(
    Distinct(
        name="commenters",
        zh="评论人数",
        en="Commenters",
        event=CommentPosted,
        field="person",
        about=N_("Different members who sent at least one comment in the period."),
    )
)
READ_TO_COMMENT = declare(
    Conversion(
        name="read_to_comment",
        zh="阅读→评论转化率",
        en="Read-to-comment conversion",
        start=ArticleRead,
        finish=CommentPosted,
        within=timedelta(days=1),
        about=N_(
            "Of the people with an effective read, the share who sent a comment within 24 hours after it."
        ),
    )
)
