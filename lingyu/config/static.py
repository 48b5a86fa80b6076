"""Static files: content-hashed names, gzip beside each, nothing slower."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_MODULES = HashedFilesMixin._js_module_import_aggregation_patterns[1]


class HashedStatic(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; a page that names a file which is not there still renders.

    Our ES modules import one another by name, so those names are rewritten to the hashed ones.
    Only in our own folders: other packages ship modules that import what they do not ship.
    """

    manifest_strict = False
    patterns = (
        *HashedFilesMixin.patterns,
        *((f"{room}/*.js", _MODULES) for room in ("look", "desk", "articles", "comments")),
    )

    def stored_name(self, name):
        """The hashed name, or the plain one of a file that is not there."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name
