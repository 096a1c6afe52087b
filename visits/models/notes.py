"""The notes on contacts, and what they said before they were corrected."""

import uuid
from typing import Self

import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.history import DefinerTrigger, not_tracked
from students.models import Student
from visits.models.participations import Participation


class ContactNoteQuerySet(models.QuerySet["ContactNote"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(participation__in=Participation.objects.visible_to(user))


KEEP_EARLIER_TEXT = """
INSERT INTO visits_noterevision (participation_id, student_id, school_id, author_id, text, pupils_words,
                                 written_together, is_removed, at, by_id, by_role)
VALUES (OLD.participation_id, OLD.student_id, OLD.school_id, OLD.author_id, OLD.text, OLD.pupils_words,
        OLD.written_together, TG_OP = 'DELETE', clock_timestamp(),
        nullif(current_setting('app.user_id', true), '')::bigint,
        coalesce(current_setting('app.role', true), ''));
RETURN NULL;
"""


@not_tracked("earlier texts are kept by NoteRevision")
class ContactNote(models.Model):
    """A note on one pupil's part, and what the pupil says, in the pupil's own words.

    Voluntary: a contact without a note is complete. `text` is empty where only the pupil's line is written.
    """

    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, primary_key=True, related_name="note"
    )
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    school_id = models.BigIntegerField(editable=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("Note"), max_length=4000)
    pupils_words = models.CharField(_("The pupil's own words"), max_length=300, blank=True, db_default="")
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
                condition=pgtrigger.AnyChange("text", "pupils_words", "written_together"),
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
    pupils_words = models.CharField(max_length=300, db_default="")
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
