"""Django admin for users, memberships, organisations and schools; no case table is ever registered in it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PeerSupportAdminConfig(AdminConfig):
    default_site = "peersupport.admin.PeerSupportAdminSite"


class PeerSupportAdminSite(AdminSite):
    """Open to the role system administrator, acted in; signing in is allauth's."""

    site_title = site_header = _("Administration")
    index_title = _("Users, roles and schools")
    site_url = "/"
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        acting = getattr(request.user, "acting", None)
        return bool(request.user.is_active and acting is not None and acting.role == "admin")
