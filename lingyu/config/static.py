"""Static files: content-hashed names, gzip beside each, nothing slower."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; a page that names a file which is not there still renders."""

    manifest_strict = False
    # ES modules import one another by name: without this they would miss the hashed names.
    support_js_module_import_aggregation = True
