"""What a browser sends for a contact, and what is saved of it."""

import uuid

from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from students.models import Case
from visits.models import Contact, Participation

CREATE = reverse("visits:contact_create")


def form_of(*assignments, **changes):
    """What a browser sends for a home visit of an hour that has just been."""
    local = timezone.localtime()
    data = {
        "form_key": str(uuid.uuid4()),
        "student": [str(assignment.student.public_id) for assignment in assignments],
        "kind": "home_visit",
        "length": "60",
        "minutes": "",
        "on": f"{local:%Y-%m-%d}",
        "at": f"{local:%H:%M}",
        "place": "",
    }
    for assignment in assignments:
        data[f"{assignment.student.public_id}-outcome"] = "met"
    return data | changes


def part(assignment, **fields):
    return {f"{assignment.student.public_id}-{name}": value for name, value in fields.items()}


def saved():
    with owner():
        return list(Contact.objects.order_by("pk"))


def parts_of(student):
    with owner():
        return list(Participation.objects.filter(student=student).select_related("note"))


def new_form(client, *assignments, **query):
    query["student"] = [str(assignment.student.public_id) for assignment in assignments]
    return client.get(CREATE, query)


def has_purposes(assignment, *codes):
    with owner():
        Case.objects.filter(pk=assignment.case_id).update(purposes=list(codes))


def page_of(student):
    return reverse("overviews:student_detail", args=[student.public_id])
