"""The contacts, each pupil's part in them, and the notes."""

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
from schools.codes import ContactKind, ContactMode
from schools.models import LocalCode, Role
from students.models import READ_BY_SUPPORTERS, Case, Student
from supporters.models import PeerSupporter

# How each of these is held unless someone says otherwise; the rest is told by nobody but the writer.
MODE_OF_KIND: dict[str, str] = {
    ContactKind.HOME_VISIT: ContactMode.IN_PERSON,
    ContactKind.AT_SCHOOL: ContactMode.IN_PERSON,
    ContactKind.PHONE: ContactMode.PHONE,
    ContactKind.MESSAGE: ContactMode.CHAT,
}
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


class WithdrawalReason(models.TextChoices):
    """Why a contact that is on record does not count."""

    MISTAKE = "mistake", _("It was logged by mistake")
    TWICE = "twice", _("It is logged twice")
    DID_NOT_HAPPEN = "did_not_happen", _("It did not happen")
    OTHER = "other", _("Something else")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        """One's own, as supporter or coordinator; coordinators also those with a pupil at their schools.

        Withdrawn ones never: they stand on a page of their own (`with_withdrawn`).
        """
        return self.with_withdrawn(user).filter(is_withdrawn=False)

    def with_withdrawn(self, user: User) -> Self:
        """Also the withdrawn ones of those, for the pages that tell of the withdrawal."""
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
    kept=(
        *("author", "supporter", "kind", "local_kind", "mode", "local_mode", "occurred_at", "minutes"),
        *("withdrawn_at", "withdrawn_by", "withdrawn_reason"),
    ),
    noticed=("place", "withdrawn_words"),
    left_out=("is_withdrawn",),  # computed
    seen_as="with_withdrawn",
    seen_by=READ_BY_SUPPORTERS,
)
class Contact(Record):
    """One occasion: when, how, for how long.

    It holds nothing about a pupil; that is each pupil's `Participation`.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")
    # NULL: logged by a coordinator. Its index is `contact_by_supporter`.
    supporter = models.ForeignKey(
        PeerSupporter, on_delete=models.PROTECT, null=True, db_index=False, related_name="contacts"
    )
    kind = models.CharField(_("What was it?"), max_length=20, choices=ContactKind)
    # NULL: the national one itself. Tied to the one it stands for by composite foreign keys. No index: nobody
    # looks contacts up by it, and nothing of a code list is ever deleted.
    local_kind = models.ForeignKey(
        LocalCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Empty: not stated, and the kind does not tell.
    mode = models.CharField(
        _("In which way?"), max_length=20, choices=ContactMode, blank=True, default="", db_default=""
    )
    local_mode = models.ForeignKey(
        LocalCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    occurred_at = models.DateTimeField(_("When?"), default=timezone.now)
    minutes = models.PositiveSmallIntegerField(
        _("How long?"),
        validators=[MaxValueValidator(12 * 60)],
        help_text=_("Minutes. A try can be 0."),
    )
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # NULL: it stands
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(
        _("Why is it withdrawn?"), max_length=16, choices=WithdrawalReason, blank=True, db_default=""
    )
    withdrawn_words = models.CharField(_("In your own words"), max_length=300, blank=True, db_default="")
    # Computed by the database, so that the copies on the participations cannot lag behind.
    is_withdrawn = models.GeneratedField(
        expression=models.ExpressionWrapper(
            Q(withdrawn_at__isnull=False), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["id", "author_id", "occurred_at", "kind"],
                name="contact_and_its_copies",
            ),
            models.UniqueConstraint(fields=["id", "is_withdrawn"], name="contact_and_withdrawal"),
            models.CheckConstraint(
                name="contact_withdrawn_has_who_when_and_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
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
                include=["minutes", "kind", "is_withdrawn"],
            ),
            # Hours and contacts by week are sums over weeks of one supporter, never over the table.
            models.Index(
                fields=["supporter_id", "-occurred_at"],
                name="contact_by_supporter",
                include=["minutes", "kind", "is_withdrawn"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools.

        Supporters: their own contacts' with pupils they have today. Of withdrawn contacts none.
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
        return self._under(user).filter(is_withdrawn=False)

    def withdrawn(self, user: User) -> Self:
        """Those that `visible_to` leaves out: of withdrawn contacts, one's own or at one's schools."""
        return self.with_withdrawn(user).filter(is_withdrawn=True)

    def with_withdrawn(self, user: User) -> Self:
        """Those and the others, for what tells how a contact came to be as it is."""
        return self._under(user).filter(student__in=Student.objects.visible_to(user))

    def _under(self, user: User) -> Self:
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(author=user)
        return self.none()

    def held(self) -> Self:
        """Where the pupil was met, heard or written with, whatever an organisation counts as a meeting."""
        return self.filter(outcome=ContactOutcome.MET, kind__in=KINDS_WITH_STUDENT)

    def latest_first(self) -> Self:
        return self.order_by("-occurred_at", "-pk")


@track(
    kept=("contact", "student", "case", "outcome", "step_done_at", "step_done_by"),
    noticed=("next_step",),
    left_out=("school_id", "author", "occurred_at", "kind", "is_withdrawn"),  # the pupil's, the contact's
    seen_as="with_withdrawn",
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
    is_withdrawn = models.BooleanField(default=False, db_default=False, editable=False)
    outcome = models.CharField(_("How did it go?"), max_length=20, choices=ContactOutcome)
    next_step = models.CharField(_("Next step"), max_length=200, blank=True)
    # Ticked off by anyone who sees it, through `tick_off_step`. NULL: still to come, or no step.
    step_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    step_done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
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
            models.CheckConstraint(
                name="participation_step_done_has_who_and_when",
                condition=Q(step_done_at__isnull=True, step_done_by__isnull=True)
                | Q(step_done_at__isnull=False, step_done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["student_id", "-occurred_at"], name="participation_by_student"),
            models.Index(
                fields=["student_id", "-occurred_at"],
                name="participation_met",
                include=["kind"],  # which of them count is the organisation's to say
                condition=Q(outcome="met", is_withdrawn=False),
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
        """As the note was, also of a withdrawn contact; gone for whoever may not read the note any more."""
        return self.filter(participation__in=Participation.objects.with_withdrawn(user))


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
