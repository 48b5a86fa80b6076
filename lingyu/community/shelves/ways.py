"""Links to the shelves in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from lingyu.look.ways import way

way("articles", "nav", _("Articles"), order=10)
way("columns", "nav", pgettext("of the site", "Columns"), order=20)
way("keywords", "nav", _("Keywords"), order=30)
way("articles", "foot", _("Articles"), order=10)
way("columns", "foot", pgettext("of the site", "Columns"), order=20)
way("site_rss", "foot", _("RSS"), order=90)
