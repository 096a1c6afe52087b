"""What the support of two records becomes in one: who is rung first, thanks and questions, bookings, history."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    GuardianFactory,
    PeerSupporterFactory,
    PersonAroundFactory,
    SchoolFactory,
    StudentFactory,
    TaskFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Guardian, PersonAround
from tests.peersupport.rights import raw
from tests.students.merging.records import everything, fresh_row, merge, supported, unmerge
from visits.models import Feedback, FeedbackAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(school):
    return supported(StudentFactory(school=school, given_name="Anna", family_name="Exempelsson"), "Från ena")


@pytest.fixture
def absorbed(school):
    elsewhere = SchoolFactory(organisation=school.organisation, name="Silverlindsskolan")
    return supported(StudentFactory(school=elsewhere, given_name="Ana", family_name="Exempelson"), "Andra")


def assignment_of(student):
    with owner():
        return student.assignments.select_related("case", "student__school", "supporter__user").get()


# --- Who is rung first


def first_contacts():
    with owner():
        return list(PersonAround.objects.filter(is_first_contact=True).values_list("name", "student"))


def test_merge_leaves_one_first_contact_and_undo_brings_both_back(coordinator, kept, absorbed):
    for student, name in ((kept, "Bo"), (absorbed, "Kim")):
        PersonAroundFactory(student=student, name=name, is_first_contact=True)
    before = everything()
    made = merge(coordinator, kept, absorbed)
    assert first_contacts() == [("Bo", kept.pk)]
    with owner():
        assert set(PersonAround.objects.values_list("name", "student")) == {("Bo", kept.pk), ("Kim", kept.pk)}
    unmerge(coordinator, made)
    assert everything() == before


def test_merge_takes_the_first_contact_of_the_only_one_who_has_one(coordinator, kept, absorbed):
    PersonAroundFactory(student=absorbed, name="Kim", is_first_contact=True)
    PersonAroundFactory(student=kept, name="Bo")
    made = merge(coordinator, kept, absorbed)
    assert first_contacts() == [("Kim", kept.pk)]
    with owner():
        bo = PersonAround.objects.get(name="Bo")
    with scope(coordinator):
        services.mark_first_contact(person=bo, by=coordinator)
    unmerge(coordinator, made)  # what was marked afterwards stays
    assert first_contacts() == [("Bo", kept.pk)]


def test_people_around_of_a_merged_protected_pupil_open_with_the_name_only(client, coordinator, school):
    sealed = StudentFactory(school=school, protection="marked", given_name="Hemlig", family_name="Provperson")
    plain = StudentFactory(school=school)
    PersonAroundFactory(student=plain, name="Mormor Inga i Provby")
    client.force_login(coordinator)
    page = reverse("overviews:student_detail", args=[plain.public_id])
    assertContains(client.get(page), "Provby")
    made = merge(coordinator, sealed, plain)
    with scope(coordinator):
        assert raw("select id from students_personaround").fetchall() == []
        assert raw("select * from opened_people(%s)", sealed.pk).fetchall() == []
        services.name_person(student=sealed, person=coordinator, by=coordinator)
    page = reverse("overviews:student_detail", args=[sealed.public_id])
    opening = reverse("students:identity_open", args=[sealed.public_id])
    for url in (page, opening):
        assertNotContains(client.get(url), "Provby")
    client.post(opening, {"reason": "meeting", "words": ""})
    assertContains(client.get(opening), "Mormor Inga i Provby")
    assertNotContains(client.get(page), "Provby")
    unmerge(coordinator, made)
    assertContains(client.get(reverse("overviews:student_detail", args=[plain.public_id])), "Provby")


# --- Thanks and questions of two parts in one contact


@pytest.fixture
def parts(school):
    """Of both pupils in one contact: (kept's, absorbed's)."""
    supporter = PeerSupporterFactory(school=school)
    one, two = (
        AssignmentFactory(case__student=StudentFactory(school=school), supporter=supporter) for _ in range(2)
    )
    contact = ContactFactory(assignment=one)
    theirs = add_participation(contact, two)
    with owner():
        ours = contact.participations.select_related("student").get(student=one.student)
    return ours, theirs


def said():
    """(kind, text, is it open, answer) of all, in words."""
    with owner():
        rows = Feedback.objects.select_related("answer").order_by("pk")
        answers = dict(FeedbackAnswer.objects.values_list("feedback", "text"))
        return [(row.kind, row.text, row.closed_at is None, answers.get(row.pk, "")) for row in rows]


def merged_and_undone(coordinator, parts):
    before = everything()
    made = merge(coordinator, parts[0].student, parts[1].student)
    found = said()
    with owner():
        of_one = {(parts[0].pk, parts[0].student_id)}
        assert set(Feedback.objects.values_list("participation", "student")) == of_one
        assert set(FeedbackAnswer.objects.values_list("student", flat=True)) <= {parts[0].student_id}
    unmerge(coordinator, made)
    assert everything() == before
    return found


def test_two_thanks_become_one_with_the_words_of_both(coordinator, parts):
    for part, text in zip(parts, ("Fint.", "Bra väntat."), strict=True):
        FeedbackFactory(participation=part, made_by=coordinator, kind="thanks", text=text)
    assert merged_and_undone(coordinator, parts) == [("thanks", "Fint. · Bra väntat.", True, "")]


def test_thanks_of_two_people_stay_two(coordinator, school, parts):
    for part, by in zip(parts, (coordinator, CoordinatorFactory(school=school)), strict=True):
        FeedbackFactory(participation=part, made_by=by, thanks=True)
    assert len(merged_and_undone(coordinator, parts)) == 2


def test_two_questions_become_one_with_the_words_of_both(coordinator, parts):
    for part, text in zip(parts, ("Hur?", "När?"), strict=True):
        FeedbackFactory(participation=part, made_by=coordinator, text=text)
    assert merged_and_undone(coordinator, parts) == [("question", "Hur? · När?", True, "")]


@pytest.mark.parametrize("answered", [0, 1])
def test_an_answered_question_is_closed_with_its_answer_beside_the_open_one(coordinator, parts, answered):
    asked = [FeedbackFactory(participation=part, made_by=coordinator) for part in parts]
    FeedbackAnswerFactory(feedback=asked[answered], text="På tisdag.")
    found = merged_and_undone(coordinator, parts)
    assert [(is_open, answer) for _kind, _text, is_open, answer in found] == [
        (index != answered, "På tisdag." if index == answered else "") for index in range(2)
    ]


def test_questions_too_long_for_one_stay_two_and_one_is_closed(coordinator, parts):
    for part in parts:
        FeedbackFactory(participation=part, made_by=coordinator, text="x" * 300)
    assert [row[2] for row in merged_and_undone(coordinator, parts)] == [True, False]


# --- What is planned


def test_unmerge_leaves_a_booking_cancelled_whose_time_has_been_given_away(coordinator, kept, absorbed):
    theirs = assignment_of(absorbed)
    booking = BookingFactory(assignment=theirs)
    made = merge(coordinator, kept, absorbed)
    third = AssignmentFactory(case__student=StudentFactory(school=kept.school), supporter=theirs.supporter)
    BookingFactory(assignment=third, starts_at=booking.starts_at, ends_at=booking.ends_at)
    unmerge(coordinator, made)
    assert (fresh_row(booking).status, fresh_row(booking).student_id) == ("cancelled", absorbed.pk)


def test_a_task_of_the_supporter_who_ends_with_the_merge_is_without_an_owner(
    client, coordinator, kept, absorbed
):
    supporter = assignment_of(absorbed).supporter.user
    TaskFactory(student=absorbed, owner=supporter, made_by=coordinator)
    client.force_login(coordinator)
    given = reverse("overviews:task_list"), {"show": "given"}
    assert not client.get(*given).context["rows"][0].is_lost
    made = merge(coordinator, kept, absorbed)
    assert client.get(*given).context["rows"][0].is_lost
    client.force_login(supporter)
    assert client.get(reverse("overviews:task_list")).context["rows"] == []
    unmerge(coordinator, made)
    assert len(client.get(reverse("overviews:task_list")).context["rows"]) == 1


def what_follows(client, kept, absorbed):
    url = reverse("students:merge", args=[kept.public_id, absorbed.public_id])
    return " ".join(client.get(url).context["what_follows"])


def test_merge_says_who_loses_the_pupil_and_what_is_cancelled(client, coordinator, kept, absorbed):
    client.force_login(coordinator)
    assert "Det som peer supportern har bokat ställs in." in what_follows(client, kept, absorbed)


def test_merge_of_two_records_with_the_same_supporter_goes_on_with_what_is_booked(
    client, coordinator, school
):
    supporter = PeerSupporterFactory(school=school)
    one, two = (
        AssignmentFactory(case__student=StudentFactory(school=school), supporter=supporter) for _ in range(2)
    )
    bookings = [BookingFactory(assignment=each) for each in (one, two)]
    TaskFactory(student=two.student, owner=supporter.user, made_by=coordinator)
    client.force_login(coordinator)
    assert "ser inte eleven längre" not in what_follows(client, one.student, two.student)
    before = everything()
    made = merge(coordinator, one.student, two.student)
    for booking in bookings:
        row = fresh_row(booking)
        assert (row.status, row.student_id, row.case_id) == ("planned", one.student_id, one.case_id)
    moved = client.get(reverse("students:merge_detail", args=[made.public_id])).context["moved"]
    assert {"1 bokning", "1 uppgift"} <= set(moved)
    unmerge(coordinator, made)
    assert everything() == before


# --- History


def test_history_of_what_moved_is_told_by_the_kept_pupil_and_goes_back(client, coordinator, kept, absorbed):
    GuardianFactory(student=absorbed, relation="mother")
    with owner():
        Guardian.objects.update(phone="070-1740699")
    client.force_login(coordinator)
    page = {one: reverse("overviews:student_changes", args=[one.public_id]) for one in (kept, absorbed)}

    def told(student):
        acts = client.get(page[student]).context["acts"]
        return {line.what for act in acts for line in act.lines if line.what.startswith("Vårdnadshavare")}

    before = told(absorbed)
    assert "Vårdnadshavare (mamma): telefon" in before and told(kept) == set()
    made = merge(coordinator, kept, absorbed)
    assert before <= told(kept)
    assert client.get(page[absorbed]).status_code == 404
    unmerge(coordinator, made)
    assert before <= told(absorbed) and told(kept) == set()


def test_history_of_what_moved_into_a_protected_record_is_sealed(coordinator, absorbed, school):
    sealed = StudentFactory(school=school, protection="marked")
    GuardianFactory(student=absorbed)
    events = "select pgh_id from students_guardianevent"
    with scope(coordinator):
        assert len(raw(events).fetchall()) == 1
    merge(coordinator, sealed, absorbed)
    with scope(coordinator):
        assert raw(events).fetchall() == []


def test_a_booking_that_is_over_is_not_planned_again_elsewhere(coordinator, kept, absorbed):
    """Undone after its time: it waits to be noted, as it would have without the merge."""
    with owner():
        booking = BookingFactory(assignment=assignment_of(absorbed))
    made = merge(coordinator, kept, absorbed)
    with owner():
        past = timezone.now() - timedelta(hours=2)
        type(booking).objects.filter(pk=booking.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    unmerge(coordinator, made)
    assert fresh_row(booking).status == "planned"
