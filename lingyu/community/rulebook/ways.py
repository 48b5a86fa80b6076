"""Links to the rulebook in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import KEEP_PACT
from lingyu.look.ways import way

way("rulebook", "menu", _("Rulebook"), order=340, icon="git-pull-request", permission=KEEP_PACT)
