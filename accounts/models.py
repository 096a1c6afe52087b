"""Who signs in, from which device, and what they have read."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peersupport.lib.dates import start_of_day
from peersupport.lib.history import not_tracked, track
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
    left_out=("password", "last_login", "language"),  # how one reads is nobody else's
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


class SessionManager(BaseSessionManager["Session"]):
    def open_for(self, user: User) -> models.QuerySet["Session"]:
        """The browsers `user` is signed in from."""
        return self.filter(user=user, expire_date__gt=timezone.now())


@not_tracked("comes and goes with each visit")
class Session(AbstractBaseSession):
    """A signed-in browser. It knows its user, so that session and user are read by one query."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import (
            SessionStore,
        )  # Django's own circle: the store names this model

        return SessionStore


class AccessLogAction(models.TextChoices):
    READ = "read", _("read")
    LIST = "list", _("listed")
    SEARCH = "search", _("searched")
    PRINT = "print", _("printed")
    EXPORT = "export", _("exported")
    OPEN_ADDRESS = "open_address", _("opened the address")
    OPEN_IDENTITY = "open_identity", _("opened the name")
    DENIED = "denied", _("was refused")


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: reads of pupils at their schools. Reviewers: their organisation's. No one else."""
        match user.acting.role:
            case "coordinator":
                return self.filter(school_ids__contained_by=user.acting.schools).exclude(school_ids=[])
            case "reviewer":
                return self.filter(organisation_id=user.acting.organisation_id)
        return self.none()

    def about(self, user: User) -> Self:
        """Openings of the pages about `user`, by others. The second lock shows them to reviewers besides."""
        return self.filter(about_user_id=user.pk)

    def openings(self) -> Self:
        """Of protected names."""
        return self.filter(action=AccessLogAction.OPEN_IDENTITY)

    def on(self, day: date) -> Self:
        """On that day in Stockholm."""
        if day == date.max:
            return self.none()  # it has no day after it
        return self.filter(at__gte=start_of_day(day), at__lt=start_of_day(day + timedelta(days=1)))

    def with_people(self) -> Self:
        """With `person` (the name) and `person_id` (the UUID) of who looked; None when the user is gone."""
        who = User.objects.get_queryset().filter(pk=models.OuterRef("user_id"))
        name = Concat("given_name", models.Value(" "), "family_name")
        return self.annotate(
            person=models.Subquery(who.annotate(full_name=name).values("full_name")[:1]),
            person_id=models.Subquery(who.values("public_id")[:1]),
        )


@not_tracked("a log itself, written once")
class AccessLog(models.Model):
    """One look at pupils, or at a peer supporter's page: who, in which role, when, at which unit, at whom,
    what for.

    Ids without foreign keys, so that a row outlives what it tells of; written once, never changed (HSLF-FS
    2016:40 ch. 4 § 9 a as the bar).
    """

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )  # a writer may not read: no RETURNING
    at = models.DateTimeField(default=timezone.now)
    user_id = models.BigIntegerField()
    membership_id = models.BigIntegerField(null=True)  # NULL: refused before any role was acted in
    organisation_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=20, choices=AccessLogAction)
    page = models.CharField(max_length=80)
    student_ids = ArrayField(models.BigIntegerField(), default=list)
    school_ids = ArrayField(models.BigIntegerField(), default=list)
    # Of whom the page was, when it was a person's of ours: that person reads the row. NULL: about pupils, or
    # nobody.
    about_user_id = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(default=0)
    filter_name = models.CharField(max_length=120, blank=True)  # which filters, never their words
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("access log row")
        verbose_name_plural = _("access log")
        indexes = [
            models.Index(fields=["organisation_id", "-at"], name="accesslog_by_organisation"),
            models.Index(fields=["user_id", "-at"], name="accesslog_by_user"),
            GinIndex(fields=["student_ids"], name="accesslog_by_student"),
            models.Index(
                fields=["-at", "-id"], name="accesslog_openings", condition=Q(action="open_identity")
            ),
            models.Index(
                fields=["about_user_id", "-at", "-id"],
                name="accesslog_about",
                condition=Q(about_user_id__isnull=False),
            ),
        ]
        constraints = [
            # Whom it is about reads the whole row: no pupil, no school, no reason; and never oneself.
            models.CheckConstraint(
                name="accesslog_about_a_person_names_no_pupil",
                condition=Q(about_user_id__isnull=True)
                | Q(student_ids=[], school_ids=[], filter_name="", reason="")
                & ~Q(about_user_id=F("user_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.page}"


class ListFilterQuerySet(models.QuerySet["ListFilter"]):
    def visible_to(self, user: User) -> Self:
        """One's own, in the role acted in."""
        return self.filter(user=user, membership_id=user.acting.membership_id)


@not_tracked("how one looks at one's own lists")
class ListFilter(models.Model):
    """The filters a person used last on one list, in one role. Chosen values only: never a word typed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    membership_id = models.BigIntegerField()  # roles live a floor above
    list_name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)  # as it stands in the address
    used_at = models.DateTimeField(default=timezone.now)
    objects = ListFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered filter")
        verbose_name_plural = _("remembered filters")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "membership_id", "list_name"], name="listfilter_one_a_list_and_role"
            )
        ]

    def __str__(self) -> str:
        return self.list_name
