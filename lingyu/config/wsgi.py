"""The web application, for granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingyu.config.settings")
application = get_wsgi_application()

# Once Django is ready, and here, where only servers come by: commands and tests load what they use.
from lingyu.community.pact.engine import warm  # noqa: E402

warm()
