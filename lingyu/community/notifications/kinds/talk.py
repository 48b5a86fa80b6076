"""What is said to writers and to those who take part: comments, replies, articles."""

from lingyu.kernel.text import N_

from .registry import declare

REPLIED = declare(
    "replied",
    zh="有人回复我",
    en="Replies to me",
    one=N_("%(who)s replied to your comment below “%(title)s”"),
    many=N_("%(who)s replied to your comments below “%(title)s”"),
    icon="reply",
    area="talk",
)
COMMENTED = declare(
    "commented",
    zh="我的文章有新评论",
    en="Comments on my articles",
    one=N_("%(who)s commented on “%(title)s”"),
    many=N_("%(who)s left %(count)s comments on “%(title)s”"),
    icon="message-circle",
    area="talk",
)
COMMENT_APPROVED = declare(
    "comment_approved",
    zh="我的评论过审",
    en="My comments approved",
    one=N_("Your comment below “%(title)s” has been approved"),
    many=N_("%(count)s of your comments below “%(title)s” have been approved"),
    icon="circle-check",
    area="talk",
    tone="good",
    mail=False,
)
COMMENT_REMOVED = declare(
    "comment_removed",
    zh="我的评论被移除",
    en="My comments removed",
    one=N_("Your comment below “%(title)s” was removed: %(reason)s"),
    many=N_("%(count)s of your comments below “%(title)s” were removed"),
    icon="circle-x",
    area="talk",
    tone="bad",
)
COMMENT_RESTORED = declare(
    "comment_restored",
    zh="我的评论恢复",
    en="My comments restored",
    one=N_("Your comment below “%(title)s” is back"),
    many=N_("%(count)s of your comments below “%(title)s” are back"),
    icon="rotate-ccw",
    area="talk",
    tone="good",
)
PUBLISHED = declare(
    "article_published",
    zh="文章按计划发布",
    en="Scheduled articles published",
    one=N_("“%(title)s” has been published as you scheduled it"),
    many=N_("“%(title)s” has been published as you scheduled it"),
    icon="calendar-check",
    area="writing",
    tone="good",
)
FEATURED = declare(
    "article_featured",
    zh="文章被推荐",
    en="Articles featured",
    one=N_("“%(title)s” stands at the head of the front page"),
    many=N_("“%(title)s” stands at the head of the front page"),
    icon="star",
    area="writing",
    tone="good",
)
RETIRED = declare(
    "article_retired",
    zh="文章被下线",
    en="Articles taken down",
    one=N_("“%(title)s” was taken off the site: %(reason)s"),
    many=N_("“%(title)s” was taken off the site: %(reason)s"),
    icon="archive",
    area="writing",
    tone="bad",
)
