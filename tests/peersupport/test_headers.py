"""What answers carry, pages and static files alike."""

import pytest
from django.templatetags.static import static
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["css/app.css", "django_htmx/htmx-2.min.js"])
def test_static_files_are_for_our_own_pages_only(client, name):
    answer = client.get(static(name))
    assert b"".join(answer.streaming_content)  # which also closes the file

    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_for_our_own_pages_only_and_kept_by_nobody(client):
    answer = client.get(reverse("account_login"))

    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
