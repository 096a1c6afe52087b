"""What is done: the contacts, each pupil's part in them, and the notes."""

import uuid
from typing import Self

import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import DefinerTrigger, not_tracked, track
from peersupport.lib.records import Record
from schools.models import Role
from students.models import READ_BY_SUPPORTERS, Case, Student
from supporters.models import PeerSupporter


class ContactKind(models.TextChoices):
    """National codes (DOMAIN §10)."""

    HOME_VISIT = "home_visit", _("Home visit")
    AT_SCHOOL = "at_school", _("At school")
    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Text or chat")
    GUARDIAN_CONTACT = "guardian_contact", _("Guardian")
    STAFF_CONTACT = "staff_contact", _("School staff")


# With the pupil; a talk with guardian or staff is work for the pupil, but no meeting with them.
KINDS_WITH_STUDENT = (
    ContactKind.HOME_VISIT,
    ContactKind.AT_SCHOOL,
    ContactKind.PHONE,
    ContactKind.MESSAGE,
)


class ContactOutcome(models.TextChoices):
    """Met, or tried; the words follow the kind (WORDS.md). A try counts as work done."""

    MET = "met", _("met")
    NO_ANSWER = "no_answer", _("no answer")
    NO_SHOW = "no_show", _("did not come this time")
    STUDENT_CANCELLED = "student_cancelled", _("the pupil did not want to today")
    WE_CANCELLED = "we_cancelled", _("we cancelled")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        """One's own, as supporter or coordinator; coordinators also those with a pupil at their schools."""
        own = Q(author=user)
        match user.acting.role:
            case Role.COORDINATOR:
                theirs = Participation.objects.filter(
                    contact=models.OuterRef("pk"), school_id__in=user.acting.schools
                )
                return self.filter(own | models.Exists(theirs))
            case Role.PEER_SUPPORTER:
                return self.filter(own)
        return self.none()


@track(
    kept=("author", "supporter", "kind", "occurred_at", "minutes"),
    noticed=("place",),
    seen_by=READ_BY_SUPPORTERS,
)
class Contact(Record):
    """One occasion: when, how, for how long.

    It holds nothing about a pupil; that is each pupil's `Participation`.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")
    # NULL: logged by a coordinator.
    supporter = models.ForeignKey(PeerSupporter, on_delete=models.PROTECT, null=True, related_name="contacts")
    kind = models.CharField(_("What was it?"), max_length=20, choices=ContactKind)
    occurred_at = models.DateTimeField(_("When?"), default=timezone.now)
    minutes = models.PositiveSmallIntegerField(
        _("How long?"),
        validators=[MaxValueValidator(12 * 60)],
        help_text=_("Minutes. A try can be 0."),
    )
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["id", "author_id", "occurred_at", "kind"],
                name="contact_and_its_copies",
            ),
            models.CheckConstraint(
                name="contact_lasts_at_most_twelve_hours",
                condition=Q(minutes__lte=12 * 60),
            ),
        ]
        indexes = [
            models.Index(
                fields=["author_id", "-occurred_at"],
                name="contact_by_author",
                include=["minutes", "kind"],
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools.

        Supporters: their own contacts' with pupils they have today.
        """
        match user.acting.role:
            case Role.COORDINATOR:
                return self.under(user)
            case Role.PEER_SUPPORTER:
                return self.under(user).filter(student__in=Student.objects.visible_to(user))
        return self.none()

    def under(self, user: User) -> Self:
        """Whose contacts count for this user, without asking again whether the pupil is theirs.

        Only for subqueries under pupils that are `visible_to(user)` already; row security asks again anyway.
        """
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(author=user)
        return self.none()

    def held(self) -> Self:
        """Where the pupil was met, heard or written with; the last of them tells when we last met."""
        return self.filter(outcome=ContactOutcome.MET, kind__in=KINDS_WITH_STUDENT)

    def latest_first(self) -> Self:
        return self.order_by("-occurred_at", "-pk")


@track(
    kept=("contact", "student", "case", "outcome"),
    noticed=("next_step",),
    left_out=("school_id", "author", "occurred_at", "kind"),  # the pupil's and the contact's
    seen_by=READ_BY_SUPPORTERS,
)
class Participation(models.Model):
    """One pupil's part in a contact. Each pupil's page shows only its own, however many took part."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="participations")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="participations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    # Copies tied by composite foreign keys: for the policies, and for "last contact" in one index.
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=20, choices=ContactKind, editable=False)
    outcome = models.CharField(_("How did it go?"), max_length=20, choices=ContactOutcome)
    next_step = models.CharField(_("Next step"), max_length=200, blank=True)
    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(fields=["contact", "student"], name="participation_once_per_student"),
            models.UniqueConstraint(
                fields=["id", "student_id", "author_id"],
                name="participation_and_its_copies",
            ),
        ]
        indexes = [
            models.Index(fields=["student_id", "-occurred_at"], name="participation_by_student"),
            models.Index(
                fields=["student_id", "-occurred_at"],
                name="participation_held",
                condition=Q(
                    outcome="met",
                    kind__in=["home_visit", "at_school", "phone", "message"],
                ),
            ),
            models.Index(fields=["school_id", "-occurred_at"], name="participation_by_school"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContactNoteQuerySet(models.QuerySet["ContactNote"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(participation__in=Participation.objects.visible_to(user))


KEEP_EARLIER_TEXT = """
INSERT INTO visits_noterevision (participation_id, student_id, school_id, author_id, text, written_together,
                                 is_removed, at, by_id, by_role)
VALUES (OLD.participation_id, OLD.student_id, OLD.school_id, OLD.author_id, OLD.text, OLD.written_together,
        TG_OP = 'DELETE', clock_timestamp(), nullif(current_setting('app.user_id', true), '')::bigint,
        coalesce(current_setting('app.role', true), ''));
RETURN NULL;
"""


@not_tracked("earlier texts are kept by NoteRevision")
class ContactNote(models.Model):
    """A note on one pupil's part. Voluntary: a contact without a note is complete."""

    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, primary_key=True, related_name="note"
    )
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Note"), max_length=4000)
    written_together = models.BooleanField(_("Written together with the pupil"), default=False)
    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        triggers = [
            DefinerTrigger(
                name="keep_corrected",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("text", "written_together"),
                func=KEEP_EARLIER_TEXT,
            ),
            DefinerTrigger(
                name="keep_removed",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func=KEEP_EARLIER_TEXT,
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NoteRevisionQuerySet(models.QuerySet["NoteRevision"]):
    def visible_to(self, user: User) -> Self:
        """As the note was: gone for whoever may not read the note any more."""
        return self.filter(participation__in=Participation.objects.visible_to(user))


@not_tracked("a log itself, written once")
class NoteRevision(models.Model):
    """What a note said before it was corrected or removed. Written by the database, never changed itself."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="note_revisions")
    # Copies that follow the participation and the pupil, for the policies.
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    written_together = models.BooleanField()
    is_removed = models.BooleanField()  # or corrected
    at = models.DateTimeField()
    # NULL: outside a scope, by a job or an operator.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=20)
    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    objects = NoteRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier text of a note")
        verbose_name_plural = _("earlier texts of notes")

    def __str__(self) -> str:
        return str(self.pk)
