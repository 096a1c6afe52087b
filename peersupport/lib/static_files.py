"""Static files under names with a digest of what is in them, JavaScript's imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """whitenoise's; modules import each other by name, and only the names with a digest are kept."""

    support_js_module_import_aggregation = True
