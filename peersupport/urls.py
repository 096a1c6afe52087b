"""Every address of the site. A new one goes into the access table of tests/test_access.py, or the tests fail."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

urlpatterns = [
    path(settings.ADMIN_PATH, admin.site.urls),
]
