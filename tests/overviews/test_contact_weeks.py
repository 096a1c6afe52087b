"""Contacts by week and hours: numbers of one supporter or school, from an index, in weeks as Sweden counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from overviews.rows.contact_weeks import mondays
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    LeadFactory,
    PeerSupporterFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import start_of_day
from peersupport.scope import scope
from tests.peersupport.rights import raw

pytestmark = pytest.mark.django_db
OF_SUPPORTER = "select monday, held, tried from supporter_contact_weeks(%s, %s) order by monday"
OF_SCHOOL = "select monday, held, tried from school_contact_weeks(%s, %s) order by monday"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def mine():
    return AssignmentFactory()


def asked(user, statement, pk, since=LONG_AGO):
    with scope(user):
        return raw(statement, pk, since).fetchall()


def coordinator_of(assignment):
    return CoordinatorFactory(organisation=assignment.school.organisation)


def test_weeks_hold_week_53_and_begin_on_monday():
    weeks = mondays(date(2027, 1, 3))  # a Sunday in week 53 of 2026
    assert weeks[-1] == date(2026, 12, 28) and weeks[-1].isocalendar().week == 53
    assert len(weeks) == 12 and all(monday.weekday() == 0 for monday in weeks)
    assert [monday.isocalendar().week for monday in mondays(date(2027, 1, 4))[-2:]] == [53, 1]


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (
            datetime(2025, 3, 30, 21, 59, tzinfo=UTC),
            date(2025, 3, 24),
        ),  # 23:59 on the Sunday summer time began
        (datetime(2025, 3, 30, 22, 0, tzinfo=UTC), date(2025, 3, 31)),
        (datetime(2025, 10, 26, 22, 59, tzinfo=UTC), date(2025, 10, 20)),  # winter time has begun
        (datetime(2025, 10, 26, 23, 0, tzinfo=UTC), date(2025, 10, 27)),
        (datetime(2021, 1, 3, 22, 59, tzinfo=UTC), date(2020, 12, 28)),  # week 53
        (datetime(2021, 1, 3, 23, 0, tzinfo=UTC), date(2021, 1, 4)),
    ],
)
def test_weeks_are_stockholms_on_either_side_of_midnight(mine, moment, monday):
    ContactFactory(assignment=mine, occurred_at=moment)
    assert asked(coordinator_of(mine), OF_SUPPORTER, mine.supporter_id) == [(monday, 1, 0)]
    assert asked(coordinator_of(mine), OF_SCHOOL, mine.school_id) == [(monday, 1, 0)]


def test_weeks_tell_held_from_tried_once_however_many_pupils(mine):
    second = AssignmentFactory(case__student__school=mine.school, supporter=mine.supporter)
    half = ContactFactory(assignment=mine, outcome="no_answer")
    add_participation(half, second, outcome="met")
    for outcome in ("met", "no_answer", "student_cancelled", "we_cancelled", "moved"):
        ContactFactory(assignment=mine, outcome=outcome)

    (weeks,) = asked(coordinator_of(mine), OF_SUPPORTER, mine.supporter_id)
    (school_weeks,) = asked(coordinator_of(mine), OF_SCHOOL, mine.school_id)

    assert weeks[1:] == school_weeks[1:] == (2, 3)


def test_weeks_and_hours_are_told_to_those_who_see_the_supporter_only(mine):
    ContactFactory(assignment=mine, minutes=40)
    elsewhere = SchoolFactory(organisation=mine.school.organisation)
    supervisor = SupervisorFactory(organisation=mine.school.organisation)
    with owner():
        mine.supporter.supervisor = supervisor
        mine.supporter.save(update_fields=["supervisor"])
    for user, sees in [
        (coordinator_of(mine), True),
        (CoordinatorFactory(school=mine.school), True),
        (LeadFactory(organisation=mine.school.organisation), True),
        (supervisor, True),
        (mine.supporter.user, True),
        (SupervisorFactory(organisation=mine.school.organisation), False),
        (PeerSupporterFactory(school=mine.school).user, False),
        (CoordinatorFactory(school=elsewhere), False),
        (SchoolStaffFactory(school=mine.school), False),
        (CoordinatorFactory(), False),
        (LeadFactory(), False),
    ]:
        assert bool(asked(user, OF_SUPPORTER, mine.supporter_id)) is sees, user.acting
        hours = asked(
            user, "select minutes from supporter_minutes(%s::bigint[], %s)", [mine.supporter_id], LONG_AGO
        )
        assert hours == ([(40,)] if sees else []), user.acting


def test_school_weeks_are_told_to_its_coordinators_and_leads_only(mine):
    ContactFactory(assignment=mine)
    elsewhere = SchoolFactory(organisation=mine.school.organisation)
    for user, sees in [
        (coordinator_of(mine), True),
        (CoordinatorFactory(school=mine.school), True),
        (LeadFactory(organisation=mine.school.organisation), True),
        (CoordinatorFactory(school=elsewhere), False),
        (SchoolStaffFactory(school=mine.school), False),
        (mine.supporter.user, False),
        (LeadFactory(), False),
    ]:
        assert bool(asked(user, OF_SCHOOL, mine.school_id)) is sees, user.acting


OTHERS = """
select i.indrelid::regclass::text, i.indexrelid::regclass::text, c.conname
  from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
 where i.indrelid = (select indrelid from pg_index where indexrelid = %s::regclass)
   and i.indexrelid <> %s::regclass
"""


def without_the_other_indexes(index: str) -> None:
    """Until the test is over its table has this index only."""
    raw("set constraints all immediate")
    for table, other, constraint in raw(OTHERS, index, index).fetchall():
        dropped = f"alter table {table} drop constraint {constraint}" if constraint else f"drop index {other}"
        raw(f"{dropped} cascade")


@pytest.mark.parametrize(
    ("function", "index"),
    [
        ("supporter_contact_weeks", "contact_by_supporter"),
        ("school_contact_weeks", "participation_by_school"),
        ("supporter_minutes", "contact_by_supporter"),
    ],
)
def test_weeks_and_hours_read_their_weeks_from_an_index(mine, function, index):
    values = {"p_supporters": "array[1]::bigint[]", "p_supporter": "1", "p_school": "1", "p_since": "now()"}
    with owner():
        body = raw("select prosrc from pg_proc where proname = %s", function).fetchone()[0]
        for name, value in values.items():  # the longer name first
            body = body.replace(name, value)
        # Of tables with a few rows the planner takes any; what statistics they have depends on the tests before,
        # and on whether the server has tidied after them. So it gets this one to take, or none.
        without_the_other_indexes(index)
        body = body.replace("group by c.id)", "group by c.id, c.occurred_at)")  # as the key said by itself
        raw("set local enable_seqscan = off; set local join_collapse_limit = 1")
        plan = "\n".join(line for (line,) in raw(f"explain {body}").fetchall())
        raw("set local enable_seqscan = on; set local join_collapse_limit to default")
    assert index in plan and "occurred_at" in plan.split(index)[1], plan


def test_supporter_detail_draws_twelve_weeks_with_their_table(client, mine):
    ContactFactory(assignment=mine, occurred_at=timezone.now())
    ContactFactory(
        assignment=mine, occurred_at=start_of_day(mondays(timezone.localdate())[0]), outcome="no_answer"
    )
    ContactFactory(
        assignment=mine,
        occurred_at=start_of_day(mondays(timezone.localdate())[0]) - timedelta(seconds=1),
    )
    client.force_login(mine.supporter.user)

    response = client.get(reverse("overviews:supporter_detail", args=[mine.supporter.public_id]))
    page = response.content.decode()

    bars = response.context["chart"].bars
    assert len(bars) == 12 and (bars[0].values, bars[-1].values) == ((0, 1), (1, 0))
    assert page.count("<title id=") == page.count("<desc id=") == 1
    assert page.count('<th scope="row">') == 12
    assert "url(#contact-weeks-hatch)" in page


def test_supporter_detail_tells_hours_by_kind_and_over_capacity_to_the_coordinator(client):
    supporter = PeerSupporterFactory(percent=10)  # room for one
    with owner():
        school = supporter.placements.select_related("school__organisation").get().school
    pupils = [AssignmentFactory(case__student__school=school, supporter=supporter) for _ in range(3)]
    ContactFactory(assignment=pupils[0], kind="home_visit", minutes=60)
    ContactFactory(assignment=pupils[1], kind="phone", minutes=15)
    ContactFactory(assignment=pupils[1], minutes=600, occurred_at=timezone.now() - timedelta(days=31))
    url = reverse("overviews:supporter_detail", args=[supporter.public_id])

    client.force_login(CoordinatorFactory(organisation=school.organisation))
    response = client.get(url)
    load = response.context["load"]
    assert load.over and load.over in response.content.decode() and load.share == 100
    assert "1" in load.hours and "15" in load.hours and len(load.kinds) == 2

    client.force_login(supporter.user)
    assert load.over not in client.get(url).content.decode()


def test_hours_are_asked_of_the_supporters_on_the_page_only(client, mine):
    ContactFactory(assignment=mine, minutes=40)
    with scope(coordinator_of(mine)), connection.cursor() as cursor:
        cursor.execute("select * from supporter_minutes('{}'::bigint[], %s)", [LONG_AGO])
        assert cursor.fetchall() == []
