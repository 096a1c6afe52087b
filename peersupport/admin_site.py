"""Where Django admin is: for users, memberships, organisations and schools; no case table is ever registered.

It is open to the role system administrator and to nobody else: there is no superuser and no permission table.
What is listed and what can be chosen comes from `visible_to`, as on every page, and from the second lock.
"""

from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

# Signing in, out and changing the password are allauth's; "view on site" would look rows up by number.
NOT_OURS = {"login", "logout", "password_change", "password_change_done", "view_on_site"}


class PeerSupportAdminConfig(AdminConfig):
    default_site = "peersupport.admin_site.PeerSupportAdminSite"


class PeerSupportAdminSite(AdminSite):
    """Open to the role system administrator of an organisation, acted in; signing in is allauth's."""

    site_title = site_header = _("Administration")
    empty_value_display = "–"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        acting = getattr(request.user, "acting", None)
        if acting is None or not request.user.is_active:
            return False
        return bool(acting.role == "admin" and acting.school_id is None)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuses (403) other roles, where Django would show them a sign-in page of its own."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied
            answer: HttpResponse = inner(request, *args, **kwargs)
            return answer

        return update_wrapper(guarded, view)

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """The service's own page tells what there is; two start pages would be one too many."""
        return redirect("overviews:administration")

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("overviews:administration")

    def get_urls(self) -> list[Any]:
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in NOT_OURS]
        for url in urls:
            callback: Any = getattr(url, "callback", None)
            if hasattr(callback, "login_url"):
                callback.login_url = settings.LOGIN_URL
        return urls

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Registers what is scoped by role and organisation; what packages register is left out."""
        if getattr(admin_class, "is_scoped", False):
            super().register(model_or_iterable, admin_class, **options)
