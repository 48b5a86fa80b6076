"""Links to transparency in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("pact_numbers", "foot", _("Transparency"), order=62)
