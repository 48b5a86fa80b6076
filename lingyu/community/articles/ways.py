"""Links to writing in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import WRITE_ARTICLE
from lingyu.look.ways import way

way("write", "menu", _("Write an article"), order=200, icon="pen-line", permission=WRITE_ARTICLE)
way("my_articles", "menu", _("My articles"), order=210, icon="file-text", permission=WRITE_ARTICLE)
