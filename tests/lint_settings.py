"""The project's settings with the migration linter beside them: a tool of developers, not of the service."""

from peersupport.settings import *  # noqa: F403
from peersupport.settings import INSTALLED_APPS

OURS = ["accounts", "operations", "safety", "schools", "students", "supporters", "visits"]

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {"include_apps": OURS}  # other people's packages are theirs to mend
