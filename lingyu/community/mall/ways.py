"""Links to the mall in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("mall", "nav", _("Mall"), order=40)
way("mall", "foot", _("Mall"), order=30)
way("my_orders", "menu", _("My orders"), order=130, icon="package")
