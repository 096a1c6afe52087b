"""What stands on a page of changes, and changes to stand there."""

from django.urls import reverse

from peersupport.lib.dates import today
from peersupport.scope import scope
from schools.models import SchoolForm
from students import services
from visits.services import Correction, Occasion, Part, Pupil, edit_contact


def url_of(page, row):
    return reverse(f"overviews:{page}_changes", args=[row.public_id])


def lines_of(client, user, url):
    """(who, what, before, after) of every line, the newest first."""
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return [
        (act.who, line.what, line.before, line.after)
        for act in response.context["acts"]
        for line in act.lines
    ]


def edit_case(mine, by, **fields):
    saved = {"status": "active", "purposes": [], "review_on": None, "version": 1} | fields
    with scope(by):
        services.edit_case(case=mine.case, by=by, **saved)


def change_school(student, by, school):
    to = services.NewPlace(school, "", SchoolForm.COMPULSORY, 7, today())
    services.change_school(student=student, by=by, version=1, to=to, ends_support=False)


def correct(contact, *, note, **fields):
    """As the author does on the page."""
    by = contact.author
    with scope(by):
        contact.refresh_from_db()
        part = contact.participations.select_related("student").get()
        pupil = Pupil(part.student, part.case_id, contact.supporter_id)
        occasion = Occasion(contact.kind, contact.occurred_at, fields.get("minutes", contact.minutes))
        changed = Part(pupil, part.outcome, note=note, written_together=fields.get("together", False))
        edit_contact(
            contact=contact,
            by=by,
            version=contact.version,
            occasion=occasion,
            corrections=[Correction(part, changed)],
        )
