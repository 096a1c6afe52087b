"""Two records of one pupil: everything goes to one."""

from datetime import timedelta

import pytest

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    ContactFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    PeerSupporterFactory,
    StudentFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students.models import (
    Assignment,
    Enrolment,
    Guardian,
    Identity,
    NamedPerson,
    Referral,
    Student,
    Whereabouts,
)
from tests.peersupport.rights import raw
from tests.students.merging.records import everything, fresh, fresh_row, merge, unmerge
from visits.models import ContactNote, Feedback, FeedbackAnswer, NoteRevision, Participation

pytestmark = pytest.mark.django_db


def test_merge_gives_the_kept_pupil_all_of_it(coordinator, kept, absorbed, school):
    made = merge(coordinator, kept, absorbed)
    with owner():
        assert set(Participation.objects.values_list("student", "school_id")) == {(kept.pk, school.pk)}
        assert set(ContactNote.objects.values_list("student", "school_id")) == {(kept.pk, school.pk)}
        assert set(Referral.objects.values_list("student", flat=True)) == {kept.pk}
        assert Guardian.objects.get().student_id == kept.pk
        assert set(Enrolment.objects.values_list("student", "access_school_id")) == {(kept.pk, school.pk)}
        assert not Identity.objects.filter(student=absorbed).exists()
    assert fresh(absorbed).merged_into_id == kept.pk
    assert (made.absorbed_alias, made.merged_by) == (absorbed.alias, coordinator)
    with scope(coordinator):
        assert list(Student.objects.visible_to(coordinator)) == [kept]


def test_merge_hides_the_absorbed_from_raw_sql(coordinator, kept, absorbed):
    merge(coordinator, kept, absorbed)
    with scope(coordinator):
        assert raw("select id from students_student").fetchall() == [(kept.pk,)]
        assert raw("select student_id from students_identity").fetchall() == [(kept.pk,)]


def test_merge_closes_one_support_period_and_ends_its_supporter(coordinator, kept, absorbed):
    with owner():
        going, ending = kept.cases.get(), absorbed.cases.get()
    merge(coordinator, kept, absorbed, case="kept")
    assert (fresh(going).status, fresh(ending).status) == ("mapping", "closed")
    with owner():
        assert fresh(ending).closed_by == coordinator
        holding = Assignment.objects.holding_today().get()
        assert holding.case_id == going.pk
        ended = Assignment.objects.get(case=ending)
        assert ended.ended_by == coordinator and ended.end_reason
        supporter = ended.supporter.user
    with scope(supporter):  # and no access with it
        assert list(Student.objects.visible_to(supporter)) == []
        assert raw("select id from students_student").fetchall() == []


def test_merge_lets_the_other_period_go_on_when_told_to(coordinator, kept, absorbed):
    with owner():
        ending, going = kept.cases.get(), absorbed.cases.get()
    merge(coordinator, kept, absorbed, case="absorbed")
    assert (fresh(going).status, fresh(ending).status) == ("mapping", "closed")
    assert fresh(going).student_id == kept.pk
    with owner():
        assert Assignment.objects.holding_today().get().case_id == going.pk


def test_merge_keeps_the_only_supporter_there_is(coordinator, school, absorbed):
    waiting = CaseFactory(student=StudentFactory(school=school))
    with owner():
        assignment = absorbed.assignments.get()
    made = merge(coordinator, waiting.student, absorbed)
    moved = fresh(assignment)
    assert (moved.case_id, moved.student_id, moved.ended_at) == (waiting.pk, waiting.student_id, None)
    unmerge(coordinator, made)
    back = fresh(assignment)
    assert (back.case_id, back.student_id, back.school_id) == (
        assignment.case_id,
        absorbed.pk,
        absorbed.school_id,
    )


def test_merge_takes_the_chosen_words(coordinator, kept, absorbed, other):
    merge(
        coordinator, kept, absorbed,
        name="absorbed", sex="absorbed", school="absorbed", works_well="both", whereabouts="absorbed",
    )  # fmt: skip
    row = fresh(kept)
    assert (row.birth_year, row.sex, row.school, row.works_well) == (2013, "girl", other, "Ritar.\nSpelar.")
    with owner():
        identity = Identity.objects.get()
        assert identity.name == "Ana Exempelson" and "anna" in identity.search_key
        assert Whereabouts.objects.get().student_id == kept.pk
        assert set(Participation.objects.values_list("school_id", flat=True)) == {other.pk}
        latest = Enrolment.objects.order_by("-valid_from").first()
        assert latest.school == other


def test_merge_keeps_ones_own_words_by_default(coordinator, kept, absorbed, school):
    merge(coordinator, kept, absorbed)
    row = fresh(kept)
    assert (row.birth_year, row.sex, row.school, row.works_well) == (2013, "not_stated", school, "Ritar.")
    with owner():
        assert not Whereabouts.objects.exists()


def test_merge_says_where_the_pupil_goes_when_the_latest_enrolment_does_not(
    coordinator, kept, absorbed, school
):
    merge(coordinator, kept, absorbed)  # the absorbed one's enrolment began later
    with owner():
        latest = Enrolment.objects.select_related("school").order_by("-valid_from").first()
    assert (latest.school, latest.valid_from) == (school, today())


def test_merge_makes_one_part_of_two_in_the_same_contact(coordinator, school):
    supporter = PeerSupporterFactory(school=school)
    one, two = (
        AssignmentFactory(case__student=StudentFactory(school=school), supporter=supporter) for _ in range(2)
    )
    contact = ContactFactory(assignment=one, note="Första", outcome="no_answer", next_step="Ring")
    theirs = add_participation(contact, two, note="Andra", next_step="Skriv")
    with owner():
        Participation.objects.filter(contact=contact).update(purposes=["training", "coping"])
        Participation.objects.filter(pk=theirs.pk).update(purposes=["wellbeing", "training"])
        ContactNote.objects.filter(participation=theirs).update(pupils_words="Bra dag.")
    before = everything()
    made = merge(coordinator, one.student, two.student)
    with owner():
        part = Participation.objects.get()
        assert (part.student_id, part.outcome, part.next_step) == (one.student_id, "met", "Ring · Skriv")
        assert part.note.text == "Första\n\nAndra" and part.note.pupils_words == "Bra dag."
        assert part.purposes == ["training", "coping", "wellbeing"]
    unmerge(coordinator, made)
    assert everything() == before


def test_merge_of_two_parts_takes_earlier_texts_thanks_and_questions_along(coordinator, school):
    supporter = PeerSupporterFactory(school=school)
    one, two = (
        AssignmentFactory(case__student=StudentFactory(school=school), supporter=supporter) for _ in range(2)
    )
    contact = ContactFactory(assignment=one, note="Första")
    theirs = add_participation(contact, two, note="Andra")
    with owner():
        ours = contact.participations.select_related("student").get(student=one.student)
        note = theirs.note
        note.text = "Andra, rättad"
        note.save(update_fields=["text"])
        for part in (ours, theirs):
            FeedbackFactory(participation=part, made_by=coordinator, thanks=True)
        FeedbackAnswerFactory(feedback=FeedbackFactory(participation=theirs, made_by=coordinator))
    before = everything()
    made = merge(coordinator, one.student, two.student)
    with owner():
        part = Participation.objects.get()
        assert set(NoteRevision.objects.values_list("participation", "student", "text")) == {
            (part.pk, one.student_id, "Andra")
        }
        kinds = Feedback.objects.filter(participation=part, student=one.student_id)
        assert sorted(kinds.values_list("kind", flat=True)) == ["question", "thanks"]
        assert FeedbackAnswer.objects.get().student_id == one.student_id
    unmerge(coordinator, made)
    assert everything() == before


def test_merge_cancels_what_the_ended_supporter_had_booked(coordinator, kept, absorbed):
    with owner():
        booking = BookingFactory(
            assignment=absorbed.assignments.select_related("case", "student", "supporter__user").get()
        )
    made = merge(coordinator, kept, absorbed)
    assert (fresh_row(booking).status, fresh_row(booking).student_id) == ("cancelled", kept.pk)
    unmerge(coordinator, made)
    assert (fresh_row(booking).status, fresh_row(booking).student_id) == ("planned", absorbed.pk)


def test_merge_keeps_one_of_two_enrolments_of_a_day_and_of_two_named_people(coordinator, kept, absorbed):
    with owner():
        Enrolment.objects.update(valid_from=today() - timedelta(days=30))
        for student in (kept, absorbed):
            NamedPerson.objects.create(
                student=student, school_id=student.school_id, user=coordinator, chosen_by=coordinator
            )
    before = everything()
    made = merge(coordinator, kept, absorbed)
    with owner():
        assert Enrolment.objects.get().school == kept.school
        assert NamedPerson.objects.get().student == kept
    unmerge(coordinator, made)
    assert everything() == before
