"""Links to what a member has bought in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("unlocked", "menu", _("Unlocked articles"), order=150, icon="lock-keyhole-open")
