"""The form of a change of school, and who sees the pupil after it."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students.models import Student
from tests.peersupport.rights import raw


def url_of(student):
    return reverse("students:school_change", args=[student.public_id])


def typed(to=None, days=0, **fields):
    form = {
        "form_key": str(uuid4()),
        "version": "1",
        "where": "here" if to else "outside",
        "school": str(to.public_id) if to else "",
        "left_for": "",
        "school_form": "GR",
        "grade": "8",
        "valid_from": (today() + timedelta(days=days)).isoformat(),
        "support": "goes_on",
        "confirmed": "1",
    }
    return form | fields


def fresh(row):
    with owner():
        return type(row).objects.get(pk=row.pk)


def seen_by(user):
    """The pupils of a user by both locks; they must agree."""
    with scope(user):
        first = set(Student.objects.visible_to(user).values_list("pk", flat=True))
        assert {pk for (pk,) in raw("select id from students_student").fetchall()} == first
    return first


def supporter_of(student):
    with owner():
        return student.assignments.select_related("supporter__user").get().supporter.user
