"""Password rules of our own."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

# Words an attacker who knows the product would try first: the product, the roles, the places of work.
OWN_WORDS = (
    "peersupport", "peer-support", "peer support", "samordnare", "handledare", "rektor", "skola", "lärare",
    "kommun", "elev", "password", "lösenord", "adgangskode", "coordinator", "koordinator", "lindsjö",
)  # fmt: skip


class OwnWordsValidator:
    """Refuses a password that is one of our own words with little around it (ASVS 5.0 6.2.11)."""

    SURROUNDING = 5

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when a listed word leaves at most five other characters."""
        folded = password.lower()
        if any(
            word in folded and len(folded) - len(word) * folded.count(word) <= self.SURROUNDING
            for word in OWN_WORDS
        ):
            raise ValidationError(_("Choose a password that is not built on a word from this service."))

    def get_help_text(self) -> str:
        return _("The password may not be built on a word from this service, such as the name of a role.")
