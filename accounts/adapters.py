"""How allauth behaves here: by invitation only, with the second factor's secrets encrypted at rest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import translation

from accounts.languages import keep_choice_of_browser
from accounts.models import User
from peersupport.lib.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: accounts begin with an invitation or an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> Any:
        keep_choice_of_browser(request, user)
        return super().post_login(request, user, **options)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whom it goes to: whoever asked for it may read another."""
        reader = context.get("user")
        with translation.override(getattr(reader, "language", "") or translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Silent: allauth's flash messages repeat the user's address; our pages say what happened."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth stores secrets in clear by default; a copy of the database should not be enough to sign in."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
