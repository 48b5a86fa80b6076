"""Links to the pact in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.kernel.access import KEEP_PACT
from lingyu.look.ways import way

way("pact", "foot", _("Community pact"), order=60)
way("draft_pact", "menu", _("Next version of the pact"), order=320, icon="file-pen", permission=KEEP_PACT)
