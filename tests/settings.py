"""The project's settings, signed in as the owner, who makes the test database; conftest then becomes the web
role.
"""

import os

os.environ.setdefault("DATABASE_ROLE", "owner")
os.environ.setdefault("PEERSUPPORT_LOCAL", "1")

from peersupport.settings import *  # noqa: E402, F403
from peersupport.settings import BASE_DIR, DATABASES, TEMPLATES  # noqa: E402
from tests.template_variables import Undefined  # noqa: E402

# Several test runs may share one server.
DATABASES["default"]["TEST"] = {"NAME": "test_peersupport" + os.environ.get("TEST_DATABASE_SUFFIX", "")}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "tests"  # anything that exists: files are served by the finders
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
SECOND_FACTOR_REQUIRED = False  # tests of the rule switch it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()  # an undefined variable fails the test
