"""What every model's pages in Django admin share; the site itself is peersupport.admin_site."""

from peersupport.admin.scoped import ScopedAdmin

__all__ = ["ScopedAdmin"]
