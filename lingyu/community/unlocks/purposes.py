"""What feathers are spent on here.

Holds one declaration.
"""

from lingyu.community.feathers.rules import purpose

UNLOCK = purpose("article.unlock", zh="解锁文章", en="Article unlocked")
