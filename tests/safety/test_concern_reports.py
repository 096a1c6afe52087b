"""The marker of a report of concern: no content, few readers, and after-care for whoever reported."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    ConcernReportFactory,
    CoordinatorFactory,
    LeadFactory,
    ReferralFactory,
    SchoolFactory,
    SchoolStaffFactory,
)
from peersupport.demo.owner import owner
from safety.models import ConcernReport
from safety.services import next_working_day
from schools.models import Role
from visits.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(mine):
    """Of the school, so that it is she who is asked."""
    return CoordinatorFactory(school=mine.school)


TITLE = "Orosanmälningar"


def create_url(assignment):
    return reverse("safety:concern_report_create", args=[assignment.student.public_id])


def student_url(assignment):
    return reverse("overviews:student_detail", args=[assignment.student.public_id])


def answers(**changed):
    """What is posted: learned yesterday, sent yesterday at ten."""
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    told = {"learned_on": yesterday, "on": yesterday, "at": "10:00", "receiver": "social", "way": "phone"}
    return told | changed


def note(client, assignment, **changed):
    form = client.get(create_url(assignment)).context["form"]
    return client.post(create_url(assignment), answers(form_key=form["form_key"].value(), **changed))


def reports():
    with owner():
        return list(ConcernReport.objects.order_by("pk"))


def test_there_is_no_column_to_write_in():
    texts = {
        field.name
        for field in ConcernReport._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    }
    assert texts == set()
    with pytest.raises(FieldDoesNotExist):
        ConcernReport._meta.get_field("text")


def test_supporter_notes_a_report_and_a_coordinator_looks_after_them(as_supporter, mine, coordinator, user):
    answer = note(as_supporter, mine, feedback_asked="on")
    assert answer.status_code == 302
    (report,) = reports()
    assert (report.author_id, report.student_id, report.school_id) == (
        user.pk,
        mine.student_id,
        mine.student.school_id,
    )
    with owner():
        task = Task.objects.get()
    assert (task.owner_id, task.made_by_id, task.student_id) == (coordinator.pk, user.pk, None)
    assert task.due_on == next_working_day()
    for word in (mine.student.alias, mine.student.identity.given_name, "anmäl", "orosanm"):
        assert word not in task.title.lower()


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-11-26", date(2026, 11, 27)),
        ("2026-11-27", date(2026, 11, 30)),  # over the weekend
        ("2026-12-23", date(2026, 12, 28)),  # over Christmas
        ("2027-01-05", date(2027, 1, 7)),  # over Epiphany
    ],
)
def test_aftercare_is_due_on_the_next_working_day(today, due):
    with time_machine.travel(f"{today}T12:00:00+01:00", tick=False):
        assert next_working_day() == due


@pytest.mark.parametrize(
    ("receiver", "asked", "decided", "told"),
    [
        ("social", True, date(2027, 4, 11), date(2027, 4, 18)),
        ("emergency", False, date(2027, 4, 11), None),
        ("police", True, None, None),
    ],
)
def test_days_are_counted_from_the_day_it_was_sent_in_stockholm(receiver, asked, decided, told):
    # 23:30 UTC is the next day in Stockholm, which is also the day when the clocks go forward.
    sent = datetime.fromisoformat("2027-03-27T23:30:00+00:00")
    report = ConcernReport(sent_at=sent, receiver=receiver, feedback_asked=asked)
    assert (report.decided_by, report.told_by) == (decided, told)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"on": "2099-01-01"}, "on"),
        ({"learned_on": timezone.localdate().isoformat()}, "learned_on"),
        ({"receiver": "guardian"}, "receiver"),
    ],
)
def test_what_cannot_have_been_is_refused(as_supporter, mine, changed, field):
    answer = note(as_supporter, mine, **changed)
    assert field in answer.context["form"].errors and reports() == []


def test_it_stands_on_the_pupils_page_for_its_author_and_the_coordinators_only(
    client, mine, coordinator, user
):
    ConcernReportFactory(student=mine.student, author=user)
    colleague = AssignmentFactory(case=mine.case, kind="stand_in")
    here = mine.school
    elsewhere = CoordinatorFactory(school=SchoolFactory(organisation=here.organisation))
    for reader, sees in ((user, True), (coordinator, True), (CoordinatorFactory(school=here), True)):
        client.force_login(reader)
        assert (TITLE in client.get(student_url(mine)).content.decode()) is sees
    client.force_login(colleague.supporter.user)
    page = client.get(student_url(mine))
    assert page.status_code == 200 and TITLE not in page.content.decode()
    for reader in (elsewhere, LeadFactory(organisation=here.organisation)):
        client.force_login(reader)
        assert client.get(student_url(mine)).status_code in {403, 404}


def test_it_stands_in_no_history_or_timeline(client, mine, coordinator, user):
    ConcernReportFactory(student=mine.student, author=user)
    client.force_login(coordinator)
    pages = ("overviews:student_changes", "visits:withdrawn_contacts")
    for text in (
        *(client.get(reverse(page, args=[mine.student.public_id])).content.decode() for page in pages),
        client.get(f"{student_url(mine)}?what=all").content.decode().partition('id="timeline-title"')[2],
        client.get(reverse("overviews:student_list")).content.decode(),
        client.get(reverse("overviews:overview")).content.decode(),
    ):
        assert "orosanmäl" not in text.lower()


def test_author_loses_it_with_the_pupil(as_supporter, mine, user):
    report = ConcernReportFactory(student=mine.student, author=user)
    with owner():
        type(mine).objects.filter(pk=mine.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    url = reverse("safety:concern_report_withdraw", args=[report.public_id])
    assert as_supporter.get(url).status_code == 404


def test_school_staff_note_theirs_and_read_no_others(client, mine, user, coordinator):
    ConcernReportFactory(student=mine.student, author=user)
    with owner():
        ReferralFactory(school=mine.school, student=mine.student, status="accepted")
    staff = SchoolStaffFactory(school=mine.school)
    client.force_login(staff)
    page = reverse("safety:concern_of_student", args=[mine.student.public_id])
    assert TITLE not in client.get(page).content.decode()
    assert note(client, mine).status_code == 302
    assert client.get(page).content.decode().count("<s>") == 0
    assert TITLE in client.get(page).content.decode()
    assert reports()[-1].author_id == staff.pk


def test_correcting_says_why_and_the_second_writer_sees_both(as_supporter, mine, user):
    report = ConcernReportFactory(student=mine.student, author=user)
    url = reverse("safety:concern_report_edit", args=[report.public_id])
    assert "because" in as_supporter.post(url, answers(version=1)).context["form"].errors
    told = answers(version=1, because="mistyped", way="form")
    assert as_supporter.post(url, told).status_code == 302
    (stored,) = reports()
    assert (stored.way, stored.changed_because, stored.version) == ("form", "mistyped", 2)
    assert as_supporter.post(url, told | {"way": "letter"}).status_code == 409
    assert "Rättad: något blev fel ifyllt" in as_supporter.get(student_url(mine)).content.decode()


def test_coordinator_withdraws_but_does_not_correct(client, mine, user, coordinator):
    report = ConcernReportFactory(student=mine.student, author=user)
    client.force_login(coordinator)
    assert client.get(reverse("safety:concern_report_edit", args=[report.public_id])).status_code == 403
    url = reverse("safety:concern_report_withdraw", args=[report.public_id])
    assert client.post(url, {"because": ""}).status_code == 200
    assert client.post(url, {"because": "twice"}).status_code == 302
    (stored,) = reports()
    assert (stored.withdrawn_by_id, stored.withdrawn_because) == (coordinator.pk, "twice")
    assert "<s>" in client.get(student_url(mine)).content.decode()
    assert client.get(url).status_code == 404


def test_history_is_written_and_closed(as_supporter, mine, coordinator):
    note(as_supporter, mine)
    from tests.peersupport.rights import LOCKED, raw, undone

    with owner():
        assert raw("select count(*) from safety_concernreportevent").fetchone()[0] == 1
    with undone(), pytest.raises(LOCKED):
        raw("select count(*) from safety_concernreportevent")


def test_page_to_note_takes_few_queries(as_supporter, mine, assert_queries):
    with assert_queries(4):  # session with user, scope, pupil, log
        as_supporter.get(create_url(mine))


def test_roles_are_those_who_may_be_worried():
    from safety.views.concern import WORRIED

    assert set(WORRIED) == {Role.PEER_SUPPORTER, Role.COORDINATOR, Role.SCHOOL_STAFF}
