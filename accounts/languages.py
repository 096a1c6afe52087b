"""Which language a person reads: the one chosen, else the browser's, else Swedish (docs/adr/0021)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.models import User
from accounts.services import choose_language


def is_ours(language: str) -> bool:
    """Whether the interface exists in `language`."""
    return language in dict(settings.LANGUAGES)


def language_of(user: User) -> str:
    """For what is written to `user` while no page of theirs is open: a mail, a file of a job."""
    return user.language if is_ours(user.language) else settings.LANGUAGE_CODE


def remember_in_browser(response: HttpResponse, language: str) -> None:
    """For pages that are shown before it is known who asks; Django's LocaleMiddleware reads it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def keep_choice_of_browser(request: HttpRequest, user: User) -> None:
    """What was chosen on the sign-in page becomes the user's own, if they have chosen none before."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if not user.language and is_ours(chosen):
        choose_language(by=user, language=chosen)


class Language(LocaleMiddleware):
    """Django's, but whoever is signed in reads the language they have chosen. It came with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)  # first: were the session out of reach, the answer has a language
        if request.user.is_authenticated and is_ours(request.user.language):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        patch_vary_headers(response, ["Cookie"])  # the session's, or the browser's own choice
        return super().process_response(request, response)
