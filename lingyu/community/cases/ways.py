"""Links to one's standing, and for moderators to the queue, in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import JUDGE
from lingyu.look.ways import way

way("my_standing", "menu", _("My standing"), order=170, icon="scale")
way("review_queue", "menu", _("Cases"), order=290, icon="gavel", permission=JUDGE)
