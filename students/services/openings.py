"""Whoever answers for a pupil's data is told when a sealed name is opened (ARCHITECTURE "Identity apart")."""

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from operations.services import in_language_of, queue_mail
from students.models import Student

KIND = "name_opened"


def tell_data_owners(*, student: Student, page: str) -> None:
    """A mail to each coordinator of the pupil's school but the opener: no name, no alias, not who it was."""
    with connection.cursor() as cursor:
        cursor.execute("select told_of_opening(%s)", [student.pk])
        ids = [pk for (pk,) in cursor.fetchall()]
    for user in User.objects.filter(pk__in=ids).order_by("pk"):
        with in_language_of(user):
            text = _(
                "A protected name at a school you coordinate has been opened.\n\n"
                "Who did it, when and why stands here, when you have signed in:\n\n%(page)s\n\n"
                "Is it not clear to you why? Then ask your colleague.\n\nPeer Support\n"
            ) % {"page": page}
            subject = _("Something to look at in Peer Support")
            queue_mail(to=user.email, to_user_id=user.pk, kind=KIND, subject=subject, text=text)
