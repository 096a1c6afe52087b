"""Every address of the site. A new one goes into the access table of the tests, or they fail."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from overviews.views.starts import start

APPS = ("overviews", "safety", "visits", "students", "supporters", "schools", "accounts", "operations")

handler404 = "operations.views.not_found.page_not_found"

urlpatterns = [
    path("", start, name="start"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("accounts.sign_in_urls")),
    *(path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")),
]
if settings.DEBUG:
    urlpatterns.append(
        path("styleguide/", TemplateView.as_view(template_name="styleguide.html"), name="styleguide")
    )
