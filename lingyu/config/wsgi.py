"""The web application, for granian, with the collector's door in front."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingyu.config.settings")
_site = get_wsgi_application()

# Once Django is ready: models need the settings first. Only servers come by here, so what takes seconds to
# load is loaded ahead; commands and tests load what they use.
from lingyu.collector.site import collecting  # noqa: E402
from lingyu.community.pact.engine import warm  # noqa: E402

application = collecting(_site)
warm()
