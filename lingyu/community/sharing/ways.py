"""Links to inviting in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("invite", "menu", _("Invite friends"), order=160, icon="user-plus")
