"""Links to the moderators' pages in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import JUDGE
from lingyu.look.ways import way

way("review_queue", "menu", _("Cases"), order=290, icon="scale", permission=JUDGE)
