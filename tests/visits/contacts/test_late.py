"""A contact for an assignment that ended meanwhile: received for the time it held, for seven days, and never shown."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport import scope
from peersupport.demo.factories import AssignmentFactory, BookingFactory, CoordinatorFactory
from peersupport.demo.owner import owner
from students.models import Assignment, Student
from tests.visits.contacts.form import form_of, part, parts_of, saved
from visits.models import ContactNote, Participation

URL = reverse("visits:contact_create")
RECEIVED = reverse("visits:contact_received")
pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return AssignmentFactory(
        starts_on=timezone.localdate() - timedelta(days=30),
        case__student__given_name="Alvabeth",
        case__student__family_name="Exempelsson",
    )


@pytest.fixture
def mine_client(client, mine):
    client.force_login(mine.supporter.user)
    return client


def end(assignment, **before):
    """It ended so long ago."""
    with owner():
        Assignment.objects.filter(pk=assignment.pk).update(
            ended_at=timezone.now() - timedelta(**before), ended_by=assignment.made_by, end_reason="flyttar"
        )


def form_at(assignment, moment, **changes):
    local = timezone.localtime(moment)
    return form_of(assignment, on=f"{local:%Y-%m-%d}", at=f"{local:%H:%M}", **changes)


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_late_contact_is_received_with_all_that_was_written(mine_client, mine, assert_queries):
    end(mine, days=2)
    body = form_at(mine, ago(days=3)) | part(mine, note="Vi ritade.", next_step="Ses igen")
    # session with user, scope, pupils, those of late, key with its answer, contact, ids, parts, notes
    with assert_queries(9):
        response = mine_client.post(URL, body)
    assert (response.status_code, response.url) == (302, RECEIVED)
    (row,) = parts_of(mine.student)
    assert (row.note.text, row.next_step, row.case_id) == ("Vi ritade.", "Ses igen", mine.case_id)
    assert [contact.supporter_id for contact in saved()] == [mine.supporter_id]
    page = mine_client.get(RECEIVED).content.decode()
    assert "Alvabeth" not in page and mine.student.alias not in page


def test_late_contact_takes_ten_queries_with_all_that_comes_beside_it(mine_client, mine, assert_queries):
    booking = BookingFactory(assignment=mine)
    end(mine, days=2)
    beside = {"supervision": "Hur jag säger hej då", "booking": str(booking.public_id)}
    body = form_at(mine, ago(days=3), **beside) | part(mine, note="Vi ritade.")
    with assert_queries(10):  # as above, and the topic; what was booked is closed with the assignment
        assert mine_client.post(URL, body).url == RECEIVED


def test_late_contact_sent_again_is_one(mine_client, mine):
    end(mine, days=2)
    body = form_at(mine, ago(days=3))
    for _ in range(2):
        assert mine_client.post(URL, body).url == RECEIVED
    assert len(saved()) == 1


def test_late_contact_reaches_the_coordinator_and_not_its_author(mine_client, mine, client):
    end(mine, days=2)
    mine_client.post(URL, form_at(mine, ago(days=3)) | part(mine, note="Vi ritade."))
    with scope.scope(mine.supporter.user):
        assert Participation.objects.visible_to(mine.supporter.user).in_bulk() == {}
        assert Participation.objects.in_bulk() == {}  # behind the second lock alone
        assert ContactNote.objects.in_bulk() == {}
    coordinator = CoordinatorFactory(organisation=mine.student.school.organisation)
    with scope.scope(coordinator):
        assert Participation.objects.visible_to(coordinator).get().note.text == "Vi ritade."


@pytest.mark.parametrize(
    ("ended", "was"),
    [({"days": 2}, {"days": 1}), ({"days": 2}, {"days": 31, "hours": 12})],
    ids=["after its end", "before its start"],
)
def test_late_contact_of_another_time_is_not_received(mine_client, mine, ended, was):
    end(mine, **ended)
    response = mine_client.post(URL, form_at(mine, ago(**was)) | part(mine, note="Vi ritade."))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Vi ritade." in text
    assert "Alvabeth" not in text and mine.student.alias not in text
    assert saved() == []


def test_late_contact_is_received_for_seven_days(mine_client, mine):
    end(mine, days=7, minutes=1)
    assert mine_client.post(URL, form_at(mine, ago(days=8))).status_code == 404
    end(mine, days=6, hours=23)
    assert mine_client.post(URL, form_at(mine, ago(days=8))).url == RECEIVED


def test_late_contact_after_a_last_day_is_received(mine_client, mine):
    with owner():
        Assignment.objects.filter(pk=mine.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert mine_client.post(URL, form_at(mine, ago(days=2))).url == RECEIVED


def test_late_contact_of_a_pupil_one_never_had_is_not_there(mine_client):
    stranger = AssignmentFactory()
    end(stranger, days=1)
    assert mine_client.post(URL, form_at(stranger, ago(days=2))).status_code == 404


def test_ended_assignment_opens_no_form(mine_client, mine):
    end(mine, days=1)
    assert mine_client.get(f"{URL}?student={mine.student.public_id}").status_code == 404
    with owner():
        assert not AccessLog.objects.filter(action="read").exists()


def test_row_security_receives_exactly_the_late_contact(mine):
    """Behind the first lock: raw inserts of the supporter, with ids they may know."""
    end(mine, days=2)
    user = mine.supporter.user

    def hand_in(occurred_at):
        with scope.scope(user), transaction.atomic():
            from visits.models import Contact

            contact = Contact(author=user, supporter_id=mine.supporter_id, kind="phone", mode="phone", minutes=5,
                              occurred_at=occurred_at)  # fmt: skip
            contact.save(force_insert=True)
            row = Participation(id=-contact.pk, contact=contact, student_id=mine.student_id, case_id=mine.case_id,
                                school_id=mine.student.school_id, author=user, occurred_at=occurred_at, kind="phone",
                                outcome="met")  # fmt: skip
            Participation.objects.bulk_create([row], ignore_conflicts=True)

    hand_in(ago(days=3))
    for moment in (ago(days=1), ago(days=40)):
        with pytest.raises(DatabaseError):
            hand_in(moment)
    end(mine, days=8)
    with pytest.raises(DatabaseError):
        hand_in(ago(days=9))
    with scope.scope(user):
        assert Student.objects.visible_to(user).in_bulk() == {}


def test_phone_is_answered_in_statuses_and_not_in_pages(mine_client, mine):
    phone = {"X-Phone": "queue"}
    answer = mine_client.post(URL, form_of(mine), headers=phone)
    assert (answer.status_code, answer.json()) == (201, {"next": reverse("overviews:my_day")})
    assert "messages" not in answer.cookies  # sent by itself, and silent
    wrong = mine_client.post(URL, form_of(mine, kind=""), headers=phone)
    assert (wrong.status_code, "form-errors" in wrong.content.decode()) == (422, True)
    mine_client.logout()
    assert mine_client.post(URL, form_of(mine), headers=phone).status_code == 302
    assert len(saved()) == 1


# --- One of several pupils is gone


@pytest.fixture
def gone(mine):
    """Another pupil of the same supporter, whose assignment ended too long ago."""
    other = AssignmentFactory(
        case__student__school=mine.student.school,
        case__student__given_name="Bertholda",
        supporter=mine.supporter,
        starts_on=mine.starts_on,
    )
    end(other, days=8)
    return other


@pytest.fixture
def both(mine, gone):
    """What a phone kept of a contact with the two."""
    return form_of(mine, gone) | part(mine, note="Vi ritade.") | part(gone, note="Vi sjöng.", outcome="tried")


@pytest.mark.parametrize(("headers", "status"), [({}, 200), ({"X-Phone": "queue"}, 422)])
def test_contact_with_one_pupil_gone_is_shown_whole(mine_client, mine, gone, both, headers, status):
    response = mine_client.post(URL, both, headers=headers)
    text = response.content.decode()

    assert response.status_code == status and saved() == []
    assert [form.pupil.student.pk for form in response.context["forms"].part_forms] == [mine.student_id]
    assert "Alvabeth" in text and "Vi ritade." in text
    assert "Vi sjöng." in text and "Ingen öppnade" in text
    assert "Bertholda" not in text and gone.student.alias not in text
    assert 'name="leave_out"' in text


def test_contact_is_saved_for_those_who_remain(mine_client, mine, gone, both):
    assert mine_client.post(URL, both | {"leave_out": "1"}).status_code == 302
    assert len(saved()) == 1 and parts_of(gone.student) == []
    assert [row.note.text for row in parts_of(mine.student)] == ["Vi ritade."]


def test_wrong_field_beside_a_pupil_who_is_gone_shows_both_again(mine_client, both):
    response = mine_client.post(URL, both | {"leave_out": "1", "on": "2031-01-01"})
    assert response.context["forms"].problems and "Vi sjöng." in response.content.decode()
    assert saved() == []


def test_what_was_written_of_a_pupil_who_is_gone_can_be_taken_away(mine_client, gone, both):
    text = mine_client.post(URL, both | {"remove": str(gone.student.public_id)}).content.decode()
    assert "Vi ritade." in text
    assert "Vi sjöng." not in text and "leave_out" not in text


def test_late_pupil_beside_another_can_be_taken_out(mine_client, mine):
    """The assignment ended before the contact was: the page that says so lets the other one be saved."""
    late = AssignmentFactory(case__student__school=mine.student.school, supporter=mine.supporter)
    end(late, days=2)
    body = form_of(mine, late)
    assert len(mine_client.post(URL, body).context["forms"].problems) == 1
    page = mine_client.post(URL, body | {"remove": str(late.student.public_id)})
    assert [form.pupil.student.pk for form in page.context["forms"].part_forms] == [mine.student_id]


@pytest.mark.parametrize("count", [1, 4])
def test_contact_with_pupils_gone_takes_six_queries(mine_client, mine, gone, both, assert_queries, count):
    more = [AssignmentFactory(case__student__school=mine.student.school) for _ in range(count - 1)]
    students = [*both["student"], *(str(each.student.public_id) for each in more)]
    # session with user, scope, pupils, those of late, links that fit, the log
    with assert_queries(6):
        assert mine_client.post(URL, both | {"student": students}).status_code == 200
