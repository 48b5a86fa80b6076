"""Links to what is new for a member in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("notifications", "menu", _("Notifications"), order=110, icon="bell")
