"""What is answered when there is nothing at an address."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from operations.link_pages import LinkOver


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's page for all addresses alike; whoever came by a link is told what to do about it."""
    template = "operations/link_over.html" if isinstance(exception, LinkOver) else "404.html"
    return defaults.page_not_found(request, exception, template_name=template)
