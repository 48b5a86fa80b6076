"""Links to how ratings are made in the frame of every page.

Holds declarations of `look.ways`.
"""

from django.utils.translation import gettext_lazy as _

from lingyu.look.ways import way

way("ratings_explained", "foot", _("How ratings are made"), order=50)
