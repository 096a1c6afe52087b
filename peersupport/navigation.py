"""What frames every page: who is signed in, where one can go. No queries: everything comes with the scope."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {}
