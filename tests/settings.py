"""The house's settings, as the tests run them: on a data folder that is made for the run and then removed.

Never on a user's: LINGYU_HOME is set here before the settings read it.
"""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="lingyu-test-")
os.environ["LINGYU_HOME"] = _home
atexit.register(shutil.rmtree, _home, ignore_errors=True)

from lingyu.config.settings import *  # noqa: E402, F403

# One round instead of many: the tests ask who may log in, not how hard a password is to guess.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Pages name their static files as they lie in the rooms; collecting them is the server's work.
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"] == "lingyu.config.sqlite":  # noqa: F405
    # Said outright, because pytest-xdist knows by the name of Django's own backend only.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
