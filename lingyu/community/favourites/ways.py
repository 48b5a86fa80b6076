"""Links to what a member keeps in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("favourites", "menu", _("My favourites"), order=140, icon="bookmark")
