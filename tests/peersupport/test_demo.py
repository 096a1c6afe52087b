"""The demo tells a story that could happen, and shows each of its people exactly what is theirs."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.db.models import Count, F, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog, User
from operations.models import Link, OutgoingMail
from overviews.rows.calendar import week_token
from peersupport.demo import story
from peersupport.demo.calendar import is_school_day
from peersupport.demo.cast import SIGN_INS
from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from peersupport.lib.dates import day_of, monday_of, today
from peersupport.lib.history import events_of, tracked_models
from peersupport.scope import scope
from schools.models import Membership, Organisation, School
from students.models import Assignment, Case, Guardian, Identity, Referral, SchoolMove, Student, StudentMerge
from supporters.models import PeerSupporter, Placement
from tests.numbering import begin_at
from tests.real_names import GIVEN_NAMES, NAMES, addresses_in, hashed, names_in, numbers_in
from visits.models import (
    Appointment,
    Booking,
    Contact,
    GroupMember,
    GroupSeries,
    NoteRevision,
    Participation,
    Task,
)
from visits.services import group_size

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The whole story once for all tests here, taken back afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock():
        connection.ensure_connection()
        with transaction.atomic():
            begin_at(0)
            story.tell(lambda text: None)
            yield Organisation.objects.none()
            transaction.set_rollback(True)


@pytest.fixture
def lindsjo(told):
    with owner():
        return Organisation.objects.get(name="Lindsjö kommun")


def test_story_has_the_promised_numbers(lindsjo):
    with owner():
        assert School.objects.filter(organisation=lindsjo).count() == 12
        assert PeerSupporter.objects.filter(organisation=lindsjo).count() == 14
        seen = Student.objects.filter(school__organisation=lindsjo, merged_into=None)
        assert seen.count() == 160
        assert Student.objects.exclude(school__organisation=lindsjo).count() > 5
        assert Case.objects.waiting().count() == 7
        assert Referral.objects.open().count() == 3
        assert Contact.objects.count() > 1500


def test_story_keeps_the_hard_cases(lindsjo):
    with owner():
        assert Student.objects.filter(is_protected=True).count() == 2
        assert Student.objects.filter(sex="not_stated").exists()
        assert Guardian.objects.filter(not_to_be_contacted=True).exists()
        assert Student.objects.filter(
            school_form="GY", birth_year__lte=timezone.localdate().year - 18
        ).exists()
        moved = Student.objects.annotate(schools=Count("enrolments__school", distinct=True)).filter(schools=2)
        assert moved.count() == 1
        small = Student.objects.values("school").annotate(students=Count("pk")).filter(students__lte=5)
        assert small.exists()


def test_story_keeps_the_records_own_life(lindsjo):
    """A pair to merge, one merged already, a withdrawn contact, one who changed school in the middle of a term."""
    with owner():
        assert StudentMerge.objects.get().can_be_undone
        assert Student.objects.filter(identity__family_name__in=["Låtsman", "Låtsmann"]).count() >= 2
        assert Contact.objects.get(is_withdrawn=True).withdrawn_words
        assert SchoolMove.objects.get().applied_at


def test_story_happens_on_school_days_and_never_twice_at_once(told):
    with owner():
        contacts = Contact.objects.order_by("author", "occurred_at").values_list(
            "author", "occurred_at", "minutes"
        )
        days = [timezone.localdate(at) for _author, at, _minutes in contacts]
        assert max(days) < timezone.localdate()
        in_term = sum(is_school_day(day) for day in days)
        assert in_term / len(days) > 0.95
        for (author, at, minutes), (next_author, next_at, _) in pairwise(contacts):
            assert author != next_author or at + timedelta(minutes=minutes) <= next_at, (author, at, next_at)


def test_story_contacts_lie_within_their_assignments(told):
    """What the database cannot know of the bulk: the service's rule, asked of every row."""
    with owner():
        outside = Participation.objects.exclude(
            case__assignments__starts_on__lte=F("occurred_at__date"),
        )
        assert outside.count() == 0


def test_story_supporters_have_no_more_pupils_than_places(lindsjo):
    with owner():
        loads = Assignment.objects.holding_today().values("supporter").annotate(students=Count("pk"))
        for load in loads:
            percent = sum(
                Placement.objects.filter(supporter=load["supporter"]).values_list("percent", flat=True)
            )
            assert load["students"] <= percent * 6 // 100 + 1


def test_story_uses_numbers_reserved_for_fiction(told):
    with owner():
        phones = set(Guardian.objects.exclude(phone="").values_list("phone", flat=True))
        phones |= set(School.objects.values_list("phone", flat=True))
        emails = set(User.objects.values_list("email", flat=True))
    assert all(re.fullmatch(r"070-17406\d\d", phone) for phone in phones), phones
    assert all(email.endswith(".example") for email in emails)


@pytest.mark.parametrize("sign_in", SIGN_INS, ids=lambda sign_in: sign_in.email)
def test_story_lets_each_person_sign_in(told, rf, sign_in):
    assert authenticate(rf.post("/"), email=sign_in.email, password=PASSWORD) is not None


@pytest.mark.parametrize("sign_in", SIGN_INS, ids=lambda sign_in: sign_in.email)
def test_story_shows_each_person_exactly_what_is_theirs(told, sign_in):
    """Raw SQL as the web role, against sets worked out by the owner from the story alone."""
    with owner():
        user = User.objects.get(email=sign_in.email)
        expected = _students_of(sign_in)
        named = set(
            Identity.objects.filter(student__in=expected, is_protected=False).values_list("pk", flat=True)
        )
    with scope(user), connection.cursor() as cursor:
        cursor.execute("select id from students_student")
        assert {pk for (pk,) in cursor.fetchall()} == expected
        cursor.execute("select student_id from students_identity")
        assert {pk for (pk,) in cursor.fetchall()} == named


def _students_of(sign_in) -> set[int]:
    user = User.objects.get(email=sign_in.email)
    membership = Membership.objects.filter(user=user).order_by("pk").first()
    students = Student.objects.none()
    if membership.role == "coordinator":
        students = Student.objects.filter(school__organisation=membership.organisation, merged_into=None)
    elif membership.role == "peer_supporter":
        students = Student.objects.filter(
            assignments__in=Assignment.objects.holding_today().filter(supporter__user=user)
        )
    elif membership.role == "school_staff":
        students = Student.objects.filter(referrals__school=membership.school)
    return set(students.values_list("pk", flat=True))


def test_story_has_someone_not_met_for_long(told):
    with owner():
        met = Participation.objects.held().filter(student__assignments__ended_at__isnull=True)
        latest = met.values("student").annotate(at=Max("occurred_at")).values_list("at", flat=True)
        assert any((timezone.now() - at).days > 14 for at in latest)


TEXT_COLUMNS = """
    select table_name, array_agg(column_name::text order by ordinal_position) from information_schema.columns
    where table_schema = 'public' and data_type in
          ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'USER-DEFINED')
    group by table_name
"""


def real_names_in_the_database(names=NAMES, given_names=GIVEN_NAMES) -> set[str]:
    """Where a name, number or address of the seeds stands in any row: table, column, and no more than the start."""
    found = set()
    with owner(), connection.cursor() as cursor:
        cursor.execute(TEXT_COLUMNS)
        for table, columns in cursor.fetchall():
            of_people = [column for column in columns if column.endswith("name") or column == "called"]
            # A person's name lies in two columns or three.
            for asked in (*([column] for column in columns), of_people):
                known = (*names, *(given_names if set(asked) <= set(of_people) else ()))
                for text in _texts(cursor, table, asked):
                    hits = (*names_in(text, known), *numbers_in(text), *addresses_in(text))
                    found |= {f"{table}.{'+'.join(asked)}: {hit}" for hit in hits}
    return found


def _texts(cursor, table: str, columns: list[str]) -> list[str]:
    if not columns:
        return []
    together = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f"select distinct concat_ws(' ', {together}) from \"{table}\"")
    return [text for (text,) in cursor.fetchall()]


def test_story_names_no_real_person_of_the_seeds(told):
    assert real_names_in_the_database() == set()


def test_the_search_through_the_story_finds_a_planted_name(told):
    with owner():
        planted = Identity.objects.filter(pk=Identity.objects.latest("student_id").pk)
        planted.update(given_name="Plantera", family_name="Ängspåhitt", called="")
    whole, given = hashed("plantera", "angspahitt"), hashed("petra")

    assert real_names_in_the_database([whole]) == {
        "students_identity.given_name+family_name+called: 2 word(s) beginning with pl…"
    }
    assert "accounts_user.given_name: 1 word(s) beginning with pe…" in real_names_in_the_database([], [given])


def test_calendar_knows_breaks():
    from datetime import date

    assert not is_school_day(date(2026, 12, 24))
    assert not is_school_day(date(2027, 7, 1))
    assert is_school_day(date(2026, 11, 24))


def test_story_shows_thanks_questions_and_tasks(told):
    from visits.models import Feedback, Task

    with owner():
        assert Feedback.objects.filter(kind="thanks").count() == 2
        open_ones = Feedback.objects.open_questions()
        assert open_ones.unanswered().count() == 1 and open_ones.count() == 2
        petra = User.objects.get(email="samordnare@demo.example")
        karim = User.objects.get(email="peer@demo.example")
        for user in (petra, karim):
            mine = Task.objects.owned_by(user).open()
            assert mine.filter(due_on__lt=timezone.localdate()).exists()
            assert mine.filter(student__isnull=False).exists()


def test_story_has_a_supporter_over_capacity(lindsjo):
    with owner():
        loads = Assignment.objects.holding_today().filter(kind="main", supporter__organisation=lindsjo)
        over = [
            load["supporter"]
            for load in loads.order_by().values("supporter").annotate(students=Count("pk"))
            if load["students"]
            > PeerSupporter.objects.with_capacity()
            .values_list("capacity", flat=True)
            .get(pk=load["supporter"])
        ]
    assert over


def test_story_opened_a_protected_name_and_told_the_coordinators(lindsjo):
    with owner():
        opening = AccessLog.objects.openings().get()
        mails = list(OutgoingMail.objects.all())
    assert opening.role == "peer_supporter"
    assert "samordnare@demo.example" in {mail.to for mail in mails}
    assert {mail.kind for mail in mails} == {"name_opened", "invitation", "group_changed"}


def test_story_has_a_group_with_dates_changed_and_one_who_has_left(told):
    with owner():
        group = GroupSeries.objects.get(name="Spelgruppen")
        karim = group.leaders.get().user
        moved, cancelled = (
            group.dates.filter(**{f"{what}_at__isnull": False}) for what in ("moved", "cancelled")
        )
        assert (moved.count() <= 1) and (cancelled.count() <= 1)  # in the summer there are none to change
        assert group.members.filter(ended_at__isnull=False).count() == 1
        tellers = {task.owner_id for task in Task.objects.filter(group_notice__isnull=False)}
    with scope(karim):
        members = GroupMember.objects.visible_to(karim).not_over().filter(series=group)
        # One more waits for a supporter, and is a number to Karim.
        assert (members.count(), group_size(group=group, on=today())) == (3, 4)
    assert tellers <= {karim.pk, group.made_by_id}


def test_story_has_a_group_that_has_ended_with_its_dates_cancelled(told):
    with owner():
        group = GroupSeries.objects.get(name="Fikagruppen")
        cancelled = group.dates.filter(cancelled_because="ended")
        tasks = Task.objects.filter(group_notice__date__series=group)
        assert group.ended_on == today() - timedelta(days=1) and cancelled.count() == 4
        # Each participant's supporter has a task, and one has told the pupil.
        assert sorted(task.done_at is None for task in tasks) == [False, True]


def test_story_has_times_that_come_again_and_a_calendar_on_a_phone(told, client):
    with owner():
        rows = Booking.objects.filter(series_id__isnull=False)
        amina = rows.filter(student__identity__given_name="Amina").order_by("starts_at")
        assert {one.status for one in amina} == {"planned", "cancelled"} and len(amina) >= 3
        assert {one.ends_at - one.starts_at for one in rows} == {timedelta(minutes=45)}
        assert len({one.series_id for one in rows}) == 2
        assert Link.objects.get(kind="calendar").openings.count() == 1
        monday, karim = monday_of(day_of(amina[0].starts_at)), amina[0].supporter.user
    client.force_login(karim)
    week = client.get(f"{reverse('overviews:calendar')}?week={week_token(monday)}").content.decode()
    assert "musikrummet" in week and "08:15–09:00" in week


def test_story_has_meetings_without_a_pupil(told):
    with owner():
        rows = Appointment.objects.order_by("starts_at")
        assert {one.kind for one in rows} == {"team_meeting", "supervision", "training"}
        assert len({one.supporter_id for one in rows if one.kind == "team_meeting"}) == 3
        assert [one.kind for one in rows if one.cancelled_at] == ["training"]


def test_story_counts_heads_where_each_is_placed(told):
    with owner():
        heads = Contact.objects.filter(head_count__isnull=False)
        assert heads.count() > 100 and not heads.filter(school__isnull=True).exists()
        astray = heads.exclude(
            school__in=Placement.objects.filter(supporter=OuterRef("supporter")).values("school")
        )
        assert not astray.exists()


def test_story_shows_a_supporter_who_has_opened_the_page(lindsjo):
    with owner():
        peer = User.objects.get(email="peer@demo.example")
        told = list(AccessLog.objects.about(peer).order_by("at").values_list("role", "page"))
        latest = AccessLog.objects.about(peer).latest("at")
    assert [role for role, _page in told] == [
        "lead",
        "coordinator",
        "coordinator",
        "supervisor",
        "coordinator",
    ]
    assert latest.at < timezone.now() and latest.request_id == ""


def test_story_changes_were_made_by_its_people_when_it_says(told):
    with owner():
        petra = User.objects.get(email="samordnare@demo.example")
        of_cases = events_of(Case).objects.all()
        assert of_cases.filter(pgh_label="update", pgh_by=petra).count() > 12
        assert not of_cases.filter(pgh_by=None).exists()
        assert not of_cases.filter(pgh_created_at__date=timezone.localdate()).exists()
        for case in Case.objects.filter(school__organisation__name="Lindsjö kommun"):
            first = of_cases.filter(pgh_obj=case).earliest("pgh_created_at")
            assert first.pgh_label == "insert" and first.pgh_created_at.date() == case.opened_at.date()
        assert NoteRevision.objects.exclude(at__date=timezone.localdate()).count() == 1


def test_story_leaves_no_event_dated_ahead(told):
    with owner():
        for model in tracked_models():
            assert not events_of(model).objects.filter(pgh_created_at__gt=timezone.now()).exists(), model
