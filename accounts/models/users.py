"""Who signs in."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.history import track
from peersupport.lib.ordering import swedish_order
from peersupport.lib.relations import related_rows
from peersupport.lib.search import trigram_index, with_words

if TYPE_CHECKING:
    from peersupport.scope import Acting


SEARCHED = ("given_name", "family_name", "email")


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Colleagues: those with a membership in the organisation acted in, ended ones too (they wrote
        things).
        """
        return self.filter(
            models.Exists(
                related_rows(User, "memberships").filter(
                    user=models.OuterRef("pk"), organisation=user.acting.organisation_id
                )
            )
        )

    def by_name(self) -> Self:
        """In Swedish order (`list_key`, for keyset pages)."""
        return self.annotate(list_key=swedish_order("family_name", "given_name")).order_by("list_key", "pk")

    def found(self, text: str) -> Self:
        """Those with every word of `text` in their name or address."""
        return with_words(self, text, *SEARCHED)


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who signs in by `email`, kept in lower case; without a password until the first reset."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@track(
    kept=("is_active", "needs_second_factor"),
    noticed=("email", "given_name", "family_name", "phone"),
    left_out=(
        *("password", "last_login", "language"),  # how one reads is nobody else's
        *("wants_digest", "wants_reminder_day_before", "wants_reminder_hour_before"),
    ),
)
class User(AbstractBaseUser):
    """Signs in by e-mail.

    There is no superuser and no staff flag: what a person may do follows from memberships.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Lower case always, so that unique means unique.
    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is already a user with this e-mail address.")},
    )
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    phone = models.CharField(_("work phone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    # Kept by the membership service: some role held today sees pupils or rights. Read before anyone is in
    # scope.
    needs_second_factor = models.BooleanField(_("needs a second factor"), default=False, editable=False)
    # Empty: not chosen yet. Then the browser's, else Swedish (docs/adr/0021).
    language = models.CharField(
        _("language"), max_length=5, blank=True, default="", db_default="", editable=False
    )
    # Mail one can do without: the coordinator's week, and reminders of one's own bookings.
    wants_digest = models.BooleanField(
        _("Each Monday: what waits for a decision"), default=True, db_default=True
    )
    wants_reminder_day_before = models.BooleanField(
        _("The day before a booking"), default=False, db_default=False
    )
    wants_reminder_hour_before = models.BooleanField(
        _("An hour before a booking"), default=False, db_default=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    acting: "Acting"  # set by the scope's one statement

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]
    is_staff = False
    is_superuser = False

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [
            # The administrator's list is in this order, and searched by these words.
            models.Index(swedish_order("family_name", "given_name"), "id", name="user_by_name"),
            models.Index(
                swedish_order("family_name", "given_name"),
                "id",
                condition=Q(is_active=False),
                name="user_stopped_by_name",
            ),
            trigram_index("user_by_words", *SEARCHED),
        ]
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="user_language_is_one_of_ours", condition=Q(language__in=["", "sv", "en", "da"])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """False: rights come from the role acted in, never from Django's permission tables."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False
