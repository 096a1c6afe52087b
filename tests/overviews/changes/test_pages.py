"""Pages of changes: one after the other, what they cost, and what leads there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    BookingFactory,
    ContactFactory,
    PersonAroundFactory,
    SchoolFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students.models import Assignment, Case, PersonAround, Referral, Student
from tests.overviews.changes.lines import url_of
from tests.peersupport.world.merges import add_merge
from visits.models import Booking, Contact, ContactNote, Task

pytestmark = pytest.mark.django_db


def add_changes(mine, number):
    with owner():
        for n in range(number):
            Case.objects.filter(pk=mine.case_id).update(review_on=today() + timedelta(days=n))


def test_changes_are_paged_and_none_is_lost_or_doubled(client, mine, coordinator):
    add_changes(mine, 95)
    client.force_login(coordinator)
    seen, url, pages = [], url_of("student", mine.student), 0
    while url:
        context = client.get(url).context
        seen += [
            line.after
            for act in context["acts"]
            for line in act.lines
            if line.what.endswith("nästa uppföljning")
        ]
        url, pages = context["older_url"], pages + 1
    assert pages == 3 and len(seen) == len(set(seen)) == 95
    assert client.get(f"{url_of('student', mine.student)}?after=nonsense").status_code == 200


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize(
    ("page", "queries"), [("student", 9), ("case", 7), ("assignment", 7), ("referral", 7), ("contact", 7)]
)
def test_changes_take_the_same_queries_however_many(
    client, mine, coordinator, assert_queries, page, queries, number
):
    contact = ContactFactory(assignment=mine, note="Först.")
    with owner():
        referral = mine.case.referral
    BookingFactory(assignment=mine)
    for factory in (PersonAroundFactory, TaskFactory):
        factory(student=mine.student)
    with owner():
        for _ in range(number):
            add_merge(kept=mine.student, by=coordinator)
    add_changes(mine, number)
    other = SchoolFactory(organisation=mine.school.organisation)
    with scope(coordinator), owner():  # one of each kind among the newest
        for n in range(number):
            ContactNote.objects.update(text=f"Text {n}.")
        Contact.objects.update(minutes=7)
        Referral.objects.filter(pk=referral.pk).update(school=other, status="declined")
        Student.objects.filter(pk=mine.student_id).update(school=other)
        Assignment.objects.update(trial_until=today())
        PersonAround.objects.update(phone="070-1740606")
        Booking.objects.update(place="Biblioteket", kind="phone")
        Task.objects.update(owner=contact.author)
    row = {
        "student": mine.student,
        "case": mine.case,
        "assignment": mine,
        "referral": referral,
        "contact": contact,
    }[page]
    client.force_login(coordinator)
    with assert_queries(queries):
        assert client.get(url_of(page, row)).status_code == 200


def test_the_pages_lead_there(client, mine, coordinator):
    contact = ContactFactory(assignment=mine)
    with owner():
        referral = mine.case.referral
    client.force_login(coordinator)
    for url, page, row in (
        (reverse("overviews:student_detail", args=[mine.student.public_id]), "student", mine.student),
        (reverse("students:referral_detail", args=[referral.public_id]), "referral", referral),
        (reverse("students:case_edit", args=[mine.case.public_id]), "case", mine.case),
        (reverse("students:assignment_end", args=[mine.public_id]), "assignment", mine),
    ):
        assert url_of(page, row) in client.get(url).content.decode()
    client.force_login(contact.author)
    page = client.get(reverse("visits:contact_edit", args=[contact.public_id])).content.decode()
    assert url_of("contact", contact) in page
