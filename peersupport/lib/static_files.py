"""Static files under names with a digest of what is in them, JavaScript's imports included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OF_DJANGO: tuple[str, Any] = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """whitenoise's; modules import each other by name, and only the names with a digest are kept."""

    support_js_module_import_aggregation = True
    # Our own modules only: a package's file may name one that the package does not have.
    _js_module_import_aggregation_patterns = ("js/*.js", OF_DJANGO[1])
