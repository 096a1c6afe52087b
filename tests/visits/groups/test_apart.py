"""A group of five where one leaves: on no page about a pupil stands the name of another, whoever opens it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    LeadFactory,
    MembershipFactory,
    ReviewerFactory,
    SchoolStaffFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools.models import Role
from students.models import Assignment, Case
from tests.access_table import PAGES, ObjectPage
from tests.visits.groups.cast import FIVE, Cast, came, move_form, rows_of, stored, url
from visits import services
from visits.models import Participation, Task

pytestmark = pytest.mark.django_db
# Rows that are one pupil's, by table: what stands in the addresses of the pages about that pupil.
OF_ONE_PUPIL = (
    "students_student",
    "students_case",
    "students_assignment",
    "visits_task",
    "visits_groupmember",
)


@pytest.fixture
def cast(client):
    """Everything that can be said of a group has been said: who came, moved, cancelled, one left."""
    cast = Cast()
    held = cast.meets(timezone.now() - timedelta(hours=2))
    client.force_login(cast.karim)
    assert came(cast, client, {0: "met", 1: "met", 2: "no_show"}, held).status_code == 302
    client.force_login(cast.leyla)
    assert came(cast, client, {3: "met"}, held).status_code == 302
    client.force_login(cast.petra)
    assert came(cast, client, {4: "student_cancelled"}, held).status_code == 302
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    with scope(cast.karim):
        cancelled = cast.meets(timezone.now() + timedelta(days=9))
        services.cancel_date(group_date=cancelled, by=cast.karim, because="us")
    cast.before = [rows_of(one) for one in cast.members]
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    return cast


def readers(cast):
    """One of each role, at the school."""
    organisation, school = cast.school.organisation, cast.school
    with owner():
        school_coordinator = MembershipFactory(school=school, role=Role.COORDINATOR).user
    return {
        "coordinator": cast.petra,
        "school_coordinator": school_coordinator,
        "leader": cast.karim,
        "colleague": cast.leyla,
        "supervisor": SupervisorFactory(organisation=organisation),
        "school_staff": SchoolStaffFactory(school=school),
        "lead": LeadFactory(organisation=organisation),
        "reviewer": ReviewerFactory(organisation=organisation),
    }


def pages_about(assignment, member):
    """(page's name, address) of everything that has this pupil, or a row of theirs, in its address."""
    student = assignment.student
    with owner():
        rows = {
            "students_student": [student],
            "students_case": list(Case.objects.filter(student=student)),
            "students_assignment": list(Assignment.objects.filter(student=student)),
            "visits_task": list(Task.objects.filter(student=student)),
            "visits_groupmember": [member],
        }
    for page in PAGES:
        is_about = isinstance(page, ObjectPage) and page.of.table in OF_ONE_PUPIL
        if is_about and page.get != 405 and page.second is None and page.beside is None:
            for row in rows[page.of.table]:
                yield page.name, reverse(page.name, args=[row.public_id])


def test_a_group_of_five_where_one_leaves_leaves_four_untouched(cast):
    assert [rows_of(one) for one in cast.members[1:]] == cast.before[1:]
    assert len(stored(Participation)) == 5
    assert rows_of(cast.members[0])["ends_on"] == today()


def test_a_group_of_five_where_one_leaves_names_no_other_on_any_pupils_page(client, cast):
    opened = set()
    for reader, user in readers(cast).items():
        client.force_login(user)
        for number, assignment in enumerate(cast.assignments):
            others = [name for name in FIVE if name != FIVE[number]]
            for name, address in pages_about(assignment, cast.members[number]):
                response = client.get(address)
                if response.status_code != 200:
                    continue
                opened.add((reader, name))
                text = response.content.decode()
                assert not [other for other in others if other in text], f"{name} for the {reader}"

    # It has really looked: pupils' pages, their history, and the pages of the group's own rows.
    for reader in ("coordinator", "school_coordinator", "leader", "colleague"):
        for name in ("overviews:student_detail", "overviews:student_changes", "visits:group_leave"):
            assert (reader, name) in opened
    assert {reader for reader, name in opened if name == "overviews:student_detail"} == {
        *("coordinator", "school_coordinator", "leader", "colleague")
    }


# Not of a time or a day.
FIVE_ALONE = re.compile(r"(?<![\d:.])5(?![\d:.]| (jan|feb|mars|apr|maj|juni|juli|aug|sep|okt|nov|dec))")


def test_a_pupils_page_tells_no_number_of_the_others(client, cast):
    """Neither how many were there nor how many take part: that is for those who lead the group."""
    for user in (cast.petra, cast.karim):
        client.force_login(user)
        page = client.get(reverse("overviews:student_detail", args=[cast.members[1].student.public_id]))
        text = page.content.decode()
        assert "group-unseen" not in text
        told = [entry.detail for entry in page.context["entries"]]
        assert not [text for text in told if FIVE_ALONE.search(text)], told
    client.force_login(cast.leyla)  # no leader: of the group she sees her pupils, and no number
    assert client.get(url("group_detail", cast.group)).context["unseen"] == 0


def test_what_a_leader_sees_of_the_group_are_their_own_pupils_and_a_number(client, cast):
    client.force_login(cast.karim)
    page = client.get(url("group_detail", cast.group))

    assert [name for name in FIVE if name in page.content.decode()] == list(FIVE[:3])
    assert page.context["unseen"] == 2
    client.force_login(cast.petra)
    page = client.get(url("group_detail", cast.group))
    assert [name for name in FIVE if name in page.content.decode()] == list(FIVE)


ASKED = {
    "how many there are": ("select group_size(%(series)s, app_today())", [None]),
    "to tell them something": (
        'select tell_group(%(date)s, app_today(), app_today() + 30, \'{"sv": "x"}\', app_today(), null, false)',
        [],
    ),
    "to take back what is not told": ("select untell_group(%(date)s, null)", [""]),
}


@pytest.mark.parametrize("what", ASKED)
def test_the_database_refuses_who_does_not_lead_the_group(cast, what):
    """Past the pages: the functions ask for themselves who is asking."""
    statement, nothing = ASKED[what]
    before = [(task.pk, task.title) for task in stored(Task)]
    elsewhere = Cast()
    for user in (cast.leyla, elsewhere.karim, elsewhere.petra):
        with scope(user), connection.cursor() as cursor:
            cursor.execute(statement, {"series": cast.group.pk, "date": cast.date.pk})
            assert [row[0] for row in cursor.fetchall()] == nothing, user
    assert [(task.pk, task.title) for task in stored(Task, student__school=cast.school)] == before
