"""The only writers of the articles: write, edit, restore, publish, schedule, retire, feature, report a read.

Every action takes `actor` first and, for imports and the demo, the time `at` at which it happened
(aware; now by default). Bad input raises ValidationError and changes nothing.
"""

from .attention import end_feature, feature_article, recount_week, report_read
from .columns import open_column
from .copies import Kept, drop_copy, drop_forgotten_copies, keep_copy
from .publishing import (
    cancel_schedule,
    publish_article,
    publish_scheduled,
    reinstate_article,
    retire_article,
    schedule_article,
)
from .writing import KEYWORDS_LIMIT, EditConflict, edit_article, restore_revision, write_article

__all__ = [
    "KEYWORDS_LIMIT",
    "EditConflict",
    "Kept",
    "cancel_schedule",
    "drop_copy",
    "drop_forgotten_copies",
    "edit_article",
    "end_feature",
    "feature_article",
    "keep_copy",
    "open_column",
    "publish_article",
    "publish_scheduled",
    "recount_week",
    "reinstate_article",
    "report_read",
    "restore_revision",
    "retire_article",
    "schedule_article",
    "write_article",
]
