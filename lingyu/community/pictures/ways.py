"""Links to one's pictures in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import WRITE_ARTICLE
from lingyu.look.ways import way

way("pictures", "menu", _("My pictures"), order=220, icon="image", permission=WRITE_ARTICLE)
