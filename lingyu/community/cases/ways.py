"""Links to one's standing in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("my_standing", "menu", _("My standing"), order=170, icon="scale")
