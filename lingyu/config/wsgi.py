"""The web application, for granian, with the collector's door in front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingyu.config.settings")
_site = get_wsgi_application()

from lingyu.collector.site import collecting  # noqa: E402 - its models need the settings first

application = collecting(_site)
