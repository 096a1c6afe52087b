"""Two records of one pupil: everything goes to one, and back again exactly."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from operations.models import Link
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    ConcernReportFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    GroupMemberFactory,
    GroupSeriesFactory,
    GuardianFactory,
    LocalCodeFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PersonAroundFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    TaskFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students import services
from students.models import (
    Assignment,
    CaseStatusChange,
    Enrolment,
    Guardian,
    Identity,
    MergeTrace,
    NamedPerson,
    ProtectionChange,
    Referral,
    SchoolMove,
    Student,
    StudentMerge,
    Whereabouts,
)
from tests.peersupport.rights import LOCKED, raw
from visits.models import (
    Contact,
    ContactNote,
    Feedback,
    FeedbackAnswer,
    GroupSeries,
    NextStep,
    NoteRevision,
    Participation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(school):
    return SchoolFactory(organisation=school.organisation, name="Silverlindsskolan")


@pytest.fixture
def kept(school):
    student = StudentFactory(
        school=school, given_name="Anna", family_name="Exempelsson", birth_year=2013, works_well="Ritar."
    )
    return supported(student, "Från den ena")


@pytest.fixture
def absorbed(other):
    student = StudentFactory(
        school=other, given_name="Ana", family_name="Exempelson", sex="girl", works_well="Spelar."
    )
    with owner():
        Enrolment.objects.filter(student=student).update(valid_from=today() - timedelta(days=40))
        Whereabouts.objects.create(student=student, school_id=student.school_id, phone="070-1740605")
    GuardianFactory(student=student, given_name="Maria")
    return supported(student, "Från den andra")


def supported(student, note):
    assignment = AssignmentFactory(case=CaseFactory(student=student))
    ContactFactory(assignment=assignment, note=note, next_step="Ses")
    return student


def fresh(row):
    with owner():
        return type(row).objects.select_related("school").get(pk=row.pk)


def merge(by, kept, absorbed, **choices):
    kept, absorbed = fresh(kept), fresh(absorbed)
    with scope(by):
        return services.merge_students(
            pair=services.Pair(kept, absorbed),
            by=by,
            versions=(kept.version, absorbed.version),
            choices=choices,
        )


def unmerge(by, made):
    with scope(by):
        services.unmerge_students(merge=made)


def everything():
    """All rows of all tables that know pupils, as text, but for versions."""
    tables = [table for table, _column in plan()]
    tables += ["students_student", "students_referralstatuschange", "visits_contact"]
    with owner():
        return {
            (table, key): row
            for table in sorted(set(tables) - {"students_studentmerge"})
            if not table.endswith("event")  # history is never taken back
            for key, row in raw(
                f"select row_number() over (order by (to_jsonb(t) - 'version')::text), (to_jsonb(t) - 'version')::text"
                f" from {table} t"
            ).fetchall()
        }


def plan():
    return {(table, column): rule for table, column, rule in raw("select * from merge_plan()").fetchall()}


# --- Complete


COLUMNS_OF_PUPILS = """
select c.conrelid::regclass::text, a.attname from pg_constraint c
  cross join lateral unnest(c.conkey, c.confkey) k(own, theirs)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
  join pg_attribute s on s.attrelid = c.confrelid and s.attnum = k.theirs and s.attname = 'id'
 where c.contype = 'f' and c.confrelid = 'students_student'::regclass
union
select a.attrelid::regclass::text, a.attname from pg_attribute a join pg_class t on t.oid = a.attrelid
 where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
   and (a.attname ~ '(^|_)(student|pupil)(_id)?$')
"""


def test_merge_handles_every_column_that_names_a_pupil(db):
    """A new table? Say in merge_plan() (scope/functions/7_merging.sql) what becomes of its rows."""
    with owner():
        found = set(raw(COLUMNS_OF_PUPILS).fetchall())
    assert found - set(plan()) == set(), "not in merge_plan()"
    assert set(plan()) - found == set(), "no such column"


def test_merge_plan_knows_its_own_rules(db):
    assert set(plan().values()) <= {"moves", "kept_wins", "combines", "chosen", "stays"}


def test_merge_moves_every_row_there_can_be(world_of_one, coordinator):
    """A row in each table that names a pupil, and none names the absorbed one afterwards."""
    kept, absorbed = world_of_one
    merge(coordinator, kept, absorbed)
    with owner():
        for (table, column), rule in plan().items():
            left = raw(f"select count(*) from {table} where {column} = %s", absorbed.pk).fetchone()[0]
            assert left == (0 if rule != "stays" else left), table


@pytest.fixture
def world_of_one(kept, absorbed, coordinator):
    with owner():
        where = {"student": absorbed, "school_id": absorbed.school_id}
        NamedPerson.objects.create(**where, user=coordinator, chosen_by=coordinator)
        SchoolMove.objects.create(
            **where,
            is_protected=False,
            alias=absorbed.alias,
            school_form="GR",
            valid_from=today() + timedelta(days=9),
            asked_by=coordinator,
        )
        ProtectionChange.objects.create(**where, before="marked", after="none", changed_by=coordinator)
        for student in (kept, absorbed):  # so that what can be once only is there twice
            later_rows(student, {"student": student, "school_id": student.school_id}, coordinator)
        for (table, column), rule in plan().items():
            held = raw(f"select count(*) from {table} where {column} = %s", absorbed.pk).fetchone()[0]
            assert held or rule == "stays", f"give the absorbed pupil of this test a row in {table}"
    return kept, absorbed


def later_rows(student, where, by):
    """A row in each of the tables that came after pupils, support periods and contacts."""
    assignment = student.assignments.select_related("case", "student", "supporter__user").get()
    case = {"case": assignment.case, **where}
    part = student.participations.select_related("note", "student", "contact").get()
    part.note.text = f"{part.note.text}, rättad"  # the database keeps what it said before
    part.note.save(update_fields=["text"])
    FeedbackAnswerFactory(feedback=FeedbackFactory(participation=part, made_by=by))
    BookingFactory(assignment=assignment)
    ConcernReportFactory(student=student, author=by)
    groups = GroupSeries.objects.filter(school=student.school)  # both pupils are in the same one
    series = groups.first() or GroupSeriesFactory(school=student.school, made_by=by)
    GroupMemberFactory(series=series, assignment=assignment)
    NextStep.objects.create(**case, text="Ses igen.", written_by=by)
    TaskFactory(organisation=student.school.organisation, student=student, owner=by, made_by=by)
    CaseStatusChange.objects.create(**case, before="mapping", after="active", by=by)
    PersonAroundFactory(student=student, is_first_contact=True)
    student.cases.update(local_purposes=[assignment.pk])
    own = LocalCodeFactory(organisation=student.school.organisation, national_code=part.contact.kind)
    Contact.objects.filter(pk=part.contact_id).update(local_kind=own)
    Link.objects.create(
        kind="invitation",
        token_digest=student.alias,
        student_id=student.pk,
        made_by_id=by.pk,
        expires_at=timezone.now() + timedelta(days=3),
    )


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


def fresh_row(row):
    with owner():
        return type(row).objects.get(pk=row.pk)


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


# --- Protected


def test_merge_keeps_the_protected_record_and_its_alias(coordinator, kept, school):
    sealed = StudentFactory(school=school, protection="marked", given_name="Hemlig", family_name="Provperson")
    assert services.Pair.of(kept, sealed) == services.Pair(sealed, kept)
    before = everything()
    made = merge(coordinator, sealed, kept)
    row = fresh(sealed)
    assert (row.is_protected, row.alias) == (True, sealed.alias)
    with owner():
        assert set(Referral.objects.values_list("given_name", "search_key")) == {("", "")}
    with scope(coordinator):
        assert raw("select student_id from students_identity").fetchall() == []
    unmerge(coordinator, made)
    assert everything() == before


def test_merge_of_a_protected_record_into_an_open_one_is_refused(coordinator, kept, school):
    sealed = StudentFactory(school=school, protection="marked")
    with pytest.raises(services.NotToBeMerged):
        merge(coordinator, kept, sealed)


def test_merge_raises_the_protection_to_the_higher_one(coordinator, school):
    one, two = (StudentFactory(school=school, protection=level) for level in ("local", "registration"))
    made = merge(coordinator, one, two)
    assert fresh(one).protection == "registration"
    unmerge(coordinator, made)
    assert fresh(one).protection == "local"
    with owner():
        changes = ProtectionChange.objects.order_by("pk").values_list("before", "after")
        assert list(changes) == [("local", "registration"), ("registration", "local")]


def test_merge_never_takes_an_open_address_into_a_protected_record(coordinator, absorbed, school):
    sealed = StudentFactory(school=school, protection="marked")
    merge(coordinator, sealed, absorbed, whereabouts="absorbed")
    with owner():
        assert not Whereabouts.objects.exists()


# --- Undone


def test_unmerge_restores_every_row_exactly(coordinator, world_of_one):
    kept, absorbed = world_of_one
    before = everything()
    made = merge(
        coordinator, kept, absorbed,
        name="absorbed", school="absorbed", grade="absorbed", birth_year="absorbed", case="absorbed",
        works_well="both", whereabouts="absorbed",
    )  # fmt: skip
    assert everything() != before
    unmerge(coordinator, made)
    assert everything() == before
    with owner():
        assert not MergeTrace.objects.exists()
        assert StudentMerge.objects.get().undone_by == coordinator


def test_unmerge_leaves_what_came_afterwards(coordinator, kept, absorbed, school):
    made = merge(coordinator, kept, absorbed, works_well="both")
    GuardianFactory(student=fresh(kept), given_name="Senare")
    with owner():
        Student.objects.filter(pk=kept.pk).update(works_well="Skrivet efteråt")
        later = ContactFactory(assignment=Assignment.objects.holding_today().get(), note="Efteråt")
    unmerge(coordinator, made)
    assert fresh(kept).works_well == "Skrivet efteråt"
    with owner():
        assert Guardian.objects.get(given_name="Senare").student_id == kept.pk
        assert Participation.objects.get(contact=later).student_id == kept.pk


def test_unmerge_keeps_later_contacts_of_a_period_that_goes_back(coordinator, kept, absorbed):
    """The pupil that was kept has a period of their own to put them in."""
    made = merge(coordinator, kept, absorbed, case="absorbed")
    with owner():
        assignment = Assignment.objects.holding_today().get()
        later = ContactFactory(assignment=assignment, note="Efteråt")
    unmerge(coordinator, made)
    with owner():
        part = Participation.objects.select_related("case", "note").get(contact=later)
        assert (part.student_id, part.case.student_id, part.note.student_id) == (kept.pk,) * 3


def test_unmerge_lets_later_contacts_go_along_where_there_is_no_other_period(coordinator, school, absorbed):
    bare = StudentFactory(school=school)
    made = merge(coordinator, bare, absorbed)
    with owner():
        assignment = Assignment.objects.holding_today().get()
        later = ContactFactory(assignment=assignment, note="Efteråt")
    unmerge(coordinator, made)
    with owner():
        part = Participation.objects.select_related("note").get(contact=later)
        assert (part.student_id, part.note.student_id) == (absorbed.pk, absorbed.pk)
        assert part.school_id == part.note.school_id == absorbed.school_id


def test_unmerge_is_refused_when_it_cannot_be(coordinator, kept, absorbed, school):
    made = merge(coordinator, kept, absorbed, case="absorbed")
    with owner():
        kept.cases.exclude(status="closed").update(
            status="closed", closed_at=timezone.now(), closed_by=coordinator
        )
        CaseFactory(student=fresh(kept))
    before = everything()
    assert refused(coordinator, made) == "conflict"  # the kept pupil's own period cannot open again
    assert everything() == before
    third = StudentFactory(school=school)
    merge(coordinator, third, kept)
    assert refused(coordinator, made) == "merged_on"


def refused(by, made):
    with pytest.raises(services.CannotUndo) as why:
        unmerge(by, made)
    return why.value.reason


def test_unmerge_ends_after_thirty_days_and_then_the_trace_is_forgotten(coordinator, kept, absorbed):
    made = merge(coordinator, kept, absorbed)
    with owner():
        StudentMerge.objects.update(merged_at=timezone.now() - timedelta(days=29, hours=23))
        raw("select forget_old_merges()")
        assert MergeTrace.objects.exists()
        StudentMerge.objects.update(merged_at=timezone.now() - timedelta(days=30, hours=1))
    assert refused(coordinator, made) == "too_late"
    with scope(coordinator):
        raw("select forget_old_merges()")
    with owner():
        assert not MergeTrace.objects.exists()


def test_unmerge_twice_says_so(coordinator, kept, absorbed):
    made = merge(coordinator, kept, absorbed)
    unmerge(coordinator, made)
    assert refused(coordinator, made) == "undone"
    merge(coordinator, kept, absorbed)  # and once more


# --- Whose to do


def ask(by, kept, absorbed):
    with scope(by):
        return raw("select merge_students(%s, %s, 1, 1, '{}')", kept.pk, absorbed.pk).fetchone()[0]


def test_merge_is_refused_to_whoever_does_not_see_both(coordinator, kept, absorbed, school):
    with owner():
        supporter = kept.assignments.get().supporter.user
    for by, answer in [
        (CoordinatorFactory(), "gone"),
        (CoordinatorFactory(school=school), "gone"),
        (supporter, "refused"),
        (SchoolStaffFactory(school=school), "refused"),
    ]:
        assert ask(by, kept, absorbed) == answer
    assert ask(coordinator, kept, kept) == "refused"
    assert ask(coordinator, kept, StudentFactory(school__organisation=OrganisationFactory())) == "gone"
    assert fresh(absorbed).merged_into_id is None


def test_unmerge_is_refused_to_whoever_does_not_see_the_kept(coordinator, kept, absorbed, other):
    made = merge(coordinator, kept, absorbed)
    with owner():
        supporter = kept.assignments.holding_today().get().supporter.user
    for by in (CoordinatorFactory(), CoordinatorFactory(school=other), supporter):
        with scope(by):
            assert raw("select unmerge_students(%s)", made.pk).fetchone()[0] == "gone"
            assert raw("select * from merge_facts(%s)", made.pk).fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "select * from students_mergetrace",
        "delete from students_mergetrace",
        "select trace_write('students_student', '1', '{}')",
        "select trace_take(1, 'students_student', '1')",
        "select trace_insert('students_student', '{}')",
        "select kept_student(1)",
        "update students_studentmerge set undone_at = now()",
        "delete from students_studentmerge",
    ],
)
def test_the_parts_of_a_merge_are_closed(coordinator, kept, absorbed, statement):
    merge(coordinator, kept, absorbed)
    with pytest.raises(LOCKED), transaction.atomic(), scope(coordinator):
        raw(statement)


def test_merge_of_an_older_version_is_refused(coordinator, kept, absorbed):
    with owner():
        Student.objects.filter(pk=kept.pk).update(version=4)
    with scope(coordinator), pytest.raises(services.EditConflict):
        services.merge_students(
            pair=services.Pair(kept, absorbed), by=coordinator, versions=(1, 1), choices={}
        )


def test_moved_rows_counts_by_table(coordinator, kept, absorbed):
    made = merge(coordinator, kept, absorbed)
    with scope(coordinator):
        moved = services.moved_rows(merge=made)
    assert moved["visits_participation"] == moved["students_guardian"] == moved["students_case"] == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_merge_at_once_one_wins():
    school = SchoolFactory()
    one, two = (StudentFactory(school=school) for _ in range(2))
    people = [CoordinatorFactory(organisation=school.organisation) for _ in range(2)]
    barrier, answers = threading.Barrier(2), []

    def run(by, pair):
        barrier.wait()
        try:
            with scope(by):
                services.merge_students(pair=pair, by=by, versions=(1, 1), choices={})
            answers.append("done")
        except services.MergedAlready:
            answers.append("late")
        finally:
            connection.close()

    pairs = services.Pair(one, two), services.Pair(two, one)
    threads = [threading.Thread(target=run, args=each) for each in zip(people, pairs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "late"]
