"""Links to what a member is in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("profile", "menu", _("My profile"), order=100, icon="circle-user-round")
way("privacy", "menu", _("My data"), order=180, icon="shield")
