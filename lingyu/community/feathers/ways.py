"""Links to feathers and their rules in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("my_feathers", "menu", _("My feathers"), order=120, icon="feather")
way("feather_rules", "foot", _("How feathers are earned"), order=40)
