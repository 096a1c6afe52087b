"""The cookie that holds a visit's key on the phone, and nothing of whom or where (docs/adr/0029)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from safety.models import KEY_OUTLIVES_END, LONGEST, HomeVisit
from safety.services import give_key, has_key

LIFETIME = LONGEST + KEY_OUTLIVES_END  # the browser's; when the key ends, the database says


def token_in(request: HttpRequest) -> str:
    """The key that the phone holds; "" for none."""
    return request.COOKIES.get(settings.VISIT_KEY_COOKIE_NAME, "").partition(".")[2]


def keep_key(request: HttpRequest, response: HttpResponse, visit: HomeVisit, by: User) -> None:
    """Let this phone hold a key of the visit, unless it does already."""
    held = request.COOKIES.get(settings.VISIT_KEY_COOKIE_NAME, "").partition(".")[0]
    if held == visit.public_id.hex and has_key(visit=visit, by=by):
        return
    response.set_cookie(
        settings.VISIT_KEY_COOKIE_NAME,
        f"{visit.public_id.hex}.{give_key(visit=visit, by=by)}",
        max_age=int(LIFETIME.total_seconds()),
        secure=settings.VISIT_KEY_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_key(response: HttpResponse) -> None:
    """The visit is over, or the key opens nothing more."""
    response.delete_cookie(settings.VISIT_KEY_COOKIE_NAME, samesite="Strict")
