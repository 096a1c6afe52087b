"""Groups: dates by a rule, who comes, who leaves, and that nobody is named to anybody else."""

import re
import uuid
from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from operations.models import OutgoingMail
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    GroupDateFactory,
    GroupMemberFactory,
    GroupSeriesFactory,
    PeerSupporterFactory,
    SchoolBreakFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import short_date, start_of_day, today
from peersupport.lib.school_days import public_holidays
from peersupport.scope import scope
from students.models import Case
from visits import services
from visits.models import (
    Contact,
    GroupContact,
    GroupDate,
    GroupLeader,
    GroupMember,
    GroupSeries,
    Participation,
    Task,
)
from visits.services import Rule

pytestmark = pytest.mark.django_db
# Names that no page holds by chance.
FIVE = ("Alvabeth", "Bilalon", "Elinora", "Oskarius", "Samirella")


class Cast:
    """A school with a coordinator, a leader with three pupils, a colleague with two, and a group of all five."""

    def __init__(self):
        self.school = SchoolFactory()
        self.petra = CoordinatorFactory(organisation=self.school.organisation)
        self.leader, self.colleague = PeerSupporterFactory.create_batch(2, school=self.school)
        self.karim, self.leyla = self.leader.user, self.colleague.user
        self.group = GroupSeriesFactory(school=self.school, made_by=self.petra, leaders=[self.karim])
        self.assignments = [self.pupil(name, number) for number, name in enumerate(FIVE)]
        self.members = [self.join(assignment) for assignment in self.assignments]
        self.date = self.meets(timezone.now() + timedelta(days=3))

    def pupil(self, name, number=0):
        student = StudentFactory(school=self.school, given_name=name, family_name=f"{name}sson")
        supporter = self.leader if number < 3 else self.colleague
        case = CaseFactory(student=student, opened_by=self.petra)
        return AssignmentFactory(case=case, supporter=supporter)

    def join(self, assignment, **fields):
        return GroupMemberFactory(series=self.group, assignment=assignment, **fields)

    def meets(self, starts_at, **fields):
        return GroupDateFactory(series=self.group, starts_at=starts_at, **fields)


@pytest.fixture
def cast():
    return Cast()


def url(name, row):
    return reverse(f"visits:{name}", args=[row.public_id])


def stored(model, **fields):
    with owner():
        return list(model.objects.filter(**fields).order_by("pk"))


def rows_of(member):
    with owner():
        return GroupMember.objects.filter(pk=member.pk).values().get()


def said(response):
    return [str(message) for message in response.context["messages"]]


def came(cast, client, answers, date_=None, version=""):
    data = {f"came-{cast.assignments[n].student.public_id}": answer for n, answer in answers.items()}
    return client.post(url("group_attendance", date_ or cast.date), data | {"version": version})


# The group and its dates


def new_group(cast, **fields):
    data = {"form_key": str(uuid.uuid4()), "school": str(cast.school.public_id), "name": "Tisdagsfika"}
    return data | {"place": "biblioteket", "leaders": [str(cast.leader.public_id)]} | fields


def test_group_create_once_however_often_it_is_sent(client, cast):
    client.force_login(cast.petra)
    form = new_group(cast)
    for _ in range(2):
        assert client.post(reverse("visits:group_create"), form).status_code == 302

    (group,) = stored(GroupSeries, name="Tisdagsfika")
    assert (group.school_id, group.place, group.made_by) == (cast.school.pk, "biblioteket", cast.petra)
    assert [one.user for one in stored(GroupLeader, series=group)] == [cast.karim]


def test_group_create_refuses_a_leader_placed_elsewhere(client, cast):
    elsewhere = PeerSupporterFactory(school=SchoolFactory(organisation=cast.school.organisation))
    client.force_login(cast.petra)
    response = client.post(
        reverse("visits:group_create"), new_group(cast, leaders=[str(elsewhere.public_id)])
    )

    assert response.context["form"].errors["leaders"]
    assert stored(GroupSeries, name="Tisdagsfika") == []


def test_group_edit_changes_who_leads_and_shows_both_texts_to_the_second(client, cast):
    client.force_login(cast.petra)
    form = {"version": "1", "name": "Nya namnet", "leaders": [str(cast.colleague.public_id)]}
    assert client.post(url("group_edit", cast.group), form).status_code == 302
    leading = [one.user for one in stored(GroupLeader, series=cast.group, ended_at__isnull=True)]
    assert leading == [cast.leyla]

    late = client.post(url("group_edit", cast.group), form | {"name": "Andra namnet"})
    assert late.status_code == 409
    assert "Nya namnet" in late.content.decode() and "Andra namnet" in late.content.decode()


def test_group_edit_by_its_leader_does_not_say_who_leads(client, cast):
    client.force_login(cast.karim)
    response = client.get(url("group_edit", cast.group))

    assert "leaders" not in response.context["form"].fields
    client.post(url("group_edit", cast.group), {"version": "1", "name": "Vi som spelar"})
    assert stored(GroupSeries)[0].name == "Vi som spelar"
    assert [one.user for one in stored(GroupLeader, ended_at__isnull=True)] == [cast.karim]


def test_who_leads_no_more_sees_only_what_concerns_their_own_pupils(client, cast):
    with scope(cast.petra):
        services.edit_group(
            group=cast.group, by=cast.petra, version=1, name="x", place="", leaders=[cast.leyla.pk]
        )
    client.force_login(cast.karim)

    assert client.get(url("group_edit", cast.group)).status_code == 403
    page = client.get(url("group_detail", cast.group))
    assert page.status_code == 200 and page.context["unseen"] == 0


def test_rule_skips_what_is_left_out_and_keeps_the_clock_through_summer_time():
    first = date(2026, 10, 20)  # a Tuesday; winter time begins on the 25th
    rule = Rule(
        first, date(2026, 11, 17), time(14, 0), 90, without=((date(2026, 10, 26), date(2026, 10, 30)),)
    )

    starts = [timezone.localtime(start) for start, _end in rule.times()]
    assert [start.date() for start in starts] == [
        date(2026, 10, 20),
        *(date(2026, 11, n) for n in (3, 10, 17)),
    ]
    assert {f"{start:%H:%M}" for start in starts} == {"14:00"}
    other = Rule(first, date(2026, 11, 17), time(14, 0), 90, weeks=2)
    assert [day.day for day in other.days()] == [20, 3, 17]


def free_weeks():
    """A day from which five weeks on the same weekday are no public holiday."""
    first = today() + timedelta(days=7)
    holidays = {*public_holidays(first.year), *public_holidays(first.year + 1)}
    while holidays & {first + timedelta(weeks=week) for week in range(5)}:
        first += timedelta(days=1)
    return first


def dates_form(**fields):
    first = free_weeks()
    data = {"form_key": str(uuid.uuid4()), "on": first.isoformat(), "at": "14:00", "length": "60"}
    return data | {"until": (first + timedelta(weeks=4)).isoformat(), "weeks": "1"} | fields


def test_group_dates_create_writes_each_date_once(client, cast):
    client.force_login(cast.karim)
    form = dates_form()
    for _ in range(2):
        assert client.post(url("group_dates_create", cast.group), form).status_code == 302
    client.post(url("group_dates_create", cast.group), dates_form())  # the same rule once more

    assert len(stored(GroupDate, series=cast.group)) == 1 + 5


def made_days(user):
    return [timezone.localtime(one.starts_at).date() for one in stored(GroupDate, made_by=user)]


def test_group_dates_create_leaves_out_breaks_of_the_school(client, cast):
    client.force_login(cast.karim)
    first, *_later = days = [free_weeks() + timedelta(weeks=week) for week in range(5)]
    organisation = cast.school.organisation
    with owner():
        elsewhere = SchoolFactory(organisation=organisation)
    for school, day in zip((None, cast.school, elsewhere), days[1:4], strict=True):
        off = {"first_on": day - timedelta(days=1), "last_on": day + timedelta(days=1)}
        SchoolBreakFactory(organisation=organisation, school=school, **off)

    client.post(url("group_dates_create", cast.group), dates_form())

    assert made_days(cast.karim) == [first, *days[3:]]


def test_group_dates_create_leaves_out_public_holidays_but_for_a_single_date(client, cast):
    client.force_login(cast.karim)
    holidays = {*public_holidays(today().year), *public_holidays(today().year + 1)}
    holiday = min(day for day in holidays if day > today() + timedelta(days=8))
    week = timedelta(weeks=1)

    form = dates_form(on=(holiday - week).isoformat(), until=(holiday + week).isoformat())
    client.post(url("group_dates_create", cast.group), form)
    asked = {holiday - week, holiday, holiday + week}
    assert set(made_days(cast.karim)) == asked - holidays != asked

    client.post(url("group_dates_create", cast.group), dates_form(on=holiday.isoformat(), until=""))
    assert holiday in made_days(cast.karim)


def test_group_dates_create_is_undone_but_for_what_has_been_changed(client, cast):
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), dates_form(), follow=True)
    first, *_rest = made = stored(GroupDate, made_by=cast.karim)
    undo = url("group_dates_undo", first)
    assert len(made) == 5 and undo in response.content.decode()
    client.post(url("group_date_cancel", made[1]), {"because": "us"})
    client.post(url("group_date_restore", made[1]))  # somebody may have been told

    client.post(undo)
    assert [one.pk for one in stored(GroupDate)] == [cast.date.pk, made[1].pk]
    client.force_login(cast.petra)  # made by Petra with nothing else
    client.post(url("group_dates_undo", made[1]))
    assert len(stored(GroupDate)) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"until": "2020-01-01"}, "until"),
        ({"until": "2199-01-01"}, "until"),
        ({"on": ""}, "on"),
        ({"length": ""}, "length"),
        ({"without_from": "2026-12-20"}, "without_until"),
        ({"without_from": "2020-01-01", "without_until": "2199-01-01"}, "without_from"),
    ],
)
def test_group_dates_create_says_at_the_field_what_is_wrong(client, cast, fields, field):
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), dates_form(**fields))

    assert response.status_code == 200 and response.context["form"].errors[field]
    assert len(stored(GroupDate)) == 1


# What changes is told to each alone


def move_form(cast, **fields):
    at = timezone.localtime(cast.date.starts_at) + timedelta(days=1)
    data = {"version": "1", "on": at.date().isoformat(), "at": "15:30", "length": "60", "place": ""}
    return data | fields


def test_a_moved_date_is_told_to_each_alone(client, cast):
    client.force_login(cast.karim)
    assert client.post(url("group_date_move", cast.date), move_form(cast)).status_code == 302

    tasks = stored(Task)
    assert sorted(task.student_id for task in tasks) == sorted(m.student_id for m in cast.members)
    owners = {task.student_id: task.owner for task in tasks}
    assert [owners[one.student_id] for one in cast.assignments] == [cast.karim] * 3 + [cast.leyla] * 2
    assert all("15:30" in task.title for task in tasks)
    for task in tasks:
        assert not [name for name in FIVE if name.lower() in task.title.lower()]
    with owner():
        mails = list(OutgoingMail.objects.all())
    assert [mail.to for mail in mails] == [cast.leyla.email]  # once, and not to who has moved it
    for text in (mails[0].subject, mails[0].text):
        assert not re.search("|".join([*FIVE, cast.group.name]), text)


def test_each_teller_sees_only_their_own_pupils_and_ticks_them_off_one_by_one(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.force_login(cast.leyla)
    text = client.get(reverse("overviews:my_day")).content.decode()

    assert [name for name in FIVE if name in text] == list(FIVE[3:])
    (first, _second) = stored(Task, owner=cast.leyla)
    client.post(reverse("visits:task_done", args=[first.public_id]))
    assert [task.done_at is None for task in stored(Task, owner=cast.leyla)] == [False, True]
    assert all(task.done_at is None for task in stored(Task, owner=cast.karim))


def test_a_date_moved_twice_is_told_once_as_it_is_now(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.post(url("group_date_move", cast.date), move_form(cast, version="2", at="16:15"))

    tasks = stored(Task, done_at__isnull=True)
    assert len(tasks) == 5 and all("16:15" in task.title for task in tasks)


def test_a_pupil_without_supporter_is_told_by_the_coordinator(client, cast):
    with owner():
        cast.assignments[4].ended_at, cast.assignments[4].ended_by = timezone.now(), cast.petra
        cast.assignments[4].save(update_fields=["ended_at", "ended_by"])
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))

    assert stored(Task, student=cast.members[4].student)[0].owner == cast.petra


def test_group_date_move_shows_both_times_to_the_second(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.force_login(cast.petra)
    response = client.post(url("group_date_move", cast.date), move_form(cast, at="10:00"))

    assert response.status_code == 409
    assert "15:30" in response.content.decode() and "10:00" in response.content.decode()


def test_group_date_move_refuses_what_is_past_or_taken(client, cast):
    other = cast.meets(timezone.now() + timedelta(days=9))
    client.force_login(cast.karim)
    past = client.post(url("group_date_move", cast.date), move_form(cast, on="2020-01-01"))
    with owner():
        start = timezone.localtime(other.starts_at).replace(second=0, microsecond=0)
        GroupDate.objects.filter(pk=other.pk).update(starts_at=start)
    taken = move_form(cast, on=start.date().isoformat(), at=f"{start:%H:%M}")

    assert past.context["form"].errors["at"]
    assert client.post(url("group_date_move", cast.date), taken).context["form"].errors["at"]
    assert stored(Task) == []


def test_a_cancelled_date_is_told_and_undone(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_cancel", cast.date), {"because": "us", "note": "Lokalen är stängd"})
    (row,) = stored(GroupDate)
    assert (row.status, row.cancelled_by) == ("cancelled", cast.karim) and len(stored(Task)) == 5
    told = stored(Task, student=cast.members[0].student)[0]
    client.post(reverse("visits:task_done", args=[told.public_id]))

    client.post(url("group_date_restore", cast.date))
    client.post(url("group_date_restore", cast.date))  # twice is the same as once
    (row,) = stored(GroupDate)
    assert (row.status, row.cancelled_at, row.cancel_note) == ("planned", None, "")
    # Nobody else has heard that it was cancelled, so nobody else has anything to hear.
    (again,) = stored(Task, done_at__isnull=True)
    assert again.student_id == told.student_id and again.pk != told.pk


# Joining and leaving


def test_group_members_add_lets_a_leader_add_their_own_only(client, cast):
    mine, theirs = cast.pupil("Tindraline", 0), cast.pupil("Yusufino", 4)
    client.force_login(cast.karim)
    form = client.get(url("group_members_add", cast.group)).context["form"]
    assert [key for key, _name in form.fields["students"].choices] == [str(mine.student.public_id)]

    sent = {"form_key": str(uuid.uuid4()), "starts_on": today().isoformat()}
    for one in (theirs, mine):
        client.post(url("group_members_add", cast.group), sent | {"students": [str(one.student.public_id)]})
    assert stored(GroupMember, student=theirs.student) == []
    assert [one.added_by for one in stored(GroupMember, student=mine.student)] == [cast.karim]


def test_one_who_joins_later_is_not_in_earlier_dates(cast):
    late = cast.join(cast.pupil("Tindraline"), starts_on=cast.date.starts_at.date() + timedelta(days=5))
    later = cast.meets(timezone.now() + timedelta(days=20))
    with scope(cast.petra):
        first = services.members_on(group_date=cast.date, by=cast.petra)
        second = services.members_on(group_date=later, by=cast.petra)

    assert late.pk not in {one.pk for one in first} and late.pk in {one.pk for one in second}


def test_one_leaving_touches_no_other_row_and_is_undone(client, cast):
    others = [rows_of(one) for one in cast.members[1:]]
    client.force_login(cast.karim)
    response = client.post(
        url("group_leave", cast.members[0]), {"last_day": today().isoformat()}, follow=True
    )
    left = rows_of(cast.members[0])

    assert (left["ends_on"], left["ended_by_id"]) == (today(), cast.karim.pk)
    assert [rows_of(one) for one in cast.members[1:]] == others
    undo = url("group_return", cast.members[0])
    assert undo in response.content.decode()
    client.post(undo)
    assert rows_of(cast.members[0])["ends_on"] is None
    assert [rows_of(one) for one in cast.members[1:]] == others


def test_changes_of_a_pupil_tell_of_joining_and_leaving(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    page = client.get(
        reverse("overviews:student_changes", args=[cast.members[0].student.public_id])
    ).content.decode()

    assert f"({cast.group.name})" in page and short_date(today()) in page
    assert not [name for name in FIVE[1:] if name in page]


def test_who_has_left_is_told_nothing_more_and_hears_it_when_back(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    student = cast.members[0].student
    assert stored(Task, student=student) == [] and len(stored(Task)) == 4

    client.post(url("group_return", cast.members[0]))
    assert len(stored(Task, student=student)) == 1 and len(stored(Task)) == 5


def test_support_that_ends_ends_the_group_too_and_goes_on_when_reopened(cast):
    def inside():
        with scope(cast.petra):
            return len(services.members_on(group_date=cast.date, by=cast.petra))

    case = Case.objects.filter(pk=cast.assignments[0].case_id)
    with owner():
        case.update(status="closed", closed_at=timezone.now(), closed_by=cast.petra)
    assert inside() == 4
    with owner():
        case.update(status="active", closed_at=None, closed_by=None)
    assert inside() == 5


# Who came


@pytest.fixture
def held(cast):
    """A date that began an hour ago."""
    cast.date = cast.meets(timezone.now() - timedelta(hours=1))
    return cast


def test_attendance_is_one_contact_with_a_part_for_each_of_ones_own(client, held):
    client.force_login(held.karim)
    answers = {0: "met", 1: "no_show", 2: "student_cancelled"}
    for _ in range(2):  # a double tap
        assert came(held, client, answers).status_code == 302

    (contact,) = stored(Contact)
    assert (contact.kind, contact.minutes, contact.author) == ("group", 90, held.karim)
    assert contact.place == held.group.place and contact.head_count is None
    parts = {part.student_id: part.outcome for part in stored(Participation)}
    assert parts == {held.members[n].student_id: answer for n, answer in answers.items()}
    assert [tie.date_id for tie in stored(GroupContact)] == [held.date.pk]


def test_attendance_of_those_one_does_not_support_is_refused_and_unnamed(client, held):
    client.force_login(held.karim)
    page = client.get(url("group_attendance", held.date))

    assert page.context["unseen"] == 2
    assert [name for name in FIVE if name in page.content.decode()] == list(FIVE[:3])
    assert came(held, client, {3: "met"}).status_code == 200  # nothing it may say
    assert stored(Contact) == []


def test_attendance_is_corrected_and_completed_in_the_same_contact(client, held):
    client.force_login(held.karim)
    came(held, client, {0: "met"})
    (part,) = stored(Participation)
    with owner():
        Participation.objects.filter(pk=part.pk).update(next_step="Komma tio minuter tidigare")
    assert came(held, client, {0: "no_show", 1: "met"}, version="1").status_code == 302

    (contact,) = stored(Contact)
    assert contact.version == 2
    first, second = stored(Participation, contact=contact)
    assert (first.outcome, first.next_step) == ("no_show", "Komma tio minuter tidigare")
    assert second.student_id == held.members[1].student_id


def test_attendance_overtaken_shows_both_answers(client, held):
    client.force_login(held.karim)
    came(held, client, {0: "met"})
    response = came(held, client, {0: "no_show"})  # from a window opened before

    assert response.status_code == 409
    assert stored(Participation)[0].outcome == "met"


def test_attendance_of_one_pupil_is_written_once_by_whoever_is_first(client, held):
    client.force_login(held.petra)
    assert came(held, client, {0: "met", 4: "met"}).status_code == 302
    client.force_login(held.karim)
    page = client.get(url("group_attendance", held.date))
    assert page.context["noted_by_others"] == [FIVE[0]]
    assert came(held, client, {1: "met"}).status_code == 302

    written = [part.student_id for part in stored(Participation)]
    assert sorted(written) == sorted(held.members[n].student_id for n in (0, 1, 4))


def test_attendance_waits_until_the_group_meets(client, cast):
    client.force_login(cast.karim)
    came(cast, client, {0: "met"})

    assert stored(Contact) == []


def test_attendance_withdrawn_can_be_written_anew(client, held):
    client.force_login(held.karim)
    came(held, client, {0: "met"})
    (contact,) = stored(Contact)
    with scope(held.karim):
        services.withdraw_contact(contact=contact, by=held.karim, version=1, reason="mistake", words="")
    assert came(held, client, {0: "no_show"}).status_code == 302

    standing = stored(Participation, is_withdrawn=False)
    assert [part.outcome for part in standing] == ["no_show"]


def test_attendance_list_for_print_holds_names_of_ones_own_and_is_logged(client, held):
    client.force_login(held.karim)
    text = client.get(url("group_attendance_print", held.date)).content.decode()

    assert [name for name in FIVE if name in text] == list(FIVE[:3])
    (log,) = stored(AccessLog, action="print")
    assert sorted(log.student_ids) == sorted(held.members[n].student_id for n in range(3))


# Where it stands


@pytest.fixture
def noon():
    """So that "today" does not end while the test runs."""
    with time_machine.travel(start_of_day(today()) + timedelta(hours=12), tick=False):
        yield


def test_a_group_date_is_the_pupils_next_booking_and_stands_in_the_leaders_day(client, noon, cast):
    with owner():
        GroupDate.objects.update(
            starts_at=timezone.now() + timedelta(minutes=1), ends_at=timezone.now() + timedelta(minutes=91)
        )
    client.force_login(cast.karim)
    day = client.get(reverse("overviews:my_day"))
    assert [row.name for row in day.context["booked"]] == [cast.group.name]
    assert all("booked" in row.later or "bokad" in row.later for row in day.context["pupils"])

    client.force_login(cast.leyla)  # leads nothing, and her pupil comes
    page = client.get(reverse("overviews:student_detail", args=[cast.members[3].student.public_id]))
    (booked,) = page.context["bookings"]
    assert (booked.who, booked.place) == (cast.group.name, cast.group.place)
    assert client.get(reverse("overviews:my_day")).context["booked"] == []


def test_a_cancelled_date_and_one_after_leaving_are_nobodys_booking(client, cast):
    page = reverse("overviews:student_detail", args=[cast.members[0].student.public_id])
    client.force_login(cast.karim)
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    assert client.get(page).context["bookings"] == []
    client.post(url("group_return", cast.members[0]))
    assert len(client.get(page).context["bookings"]) == 1
    client.post(url("group_date_cancel", cast.date), {"because": "school"})
    assert client.get(page).context["bookings"] == []


@pytest.mark.parametrize("count", [1, 6])
def test_pages_of_groups_take_a_fixed_number_of_queries(client, cast, assert_queries, count):
    for number in range(count):
        cast.join(cast.pupil(f"Fler{number}"))
        cast.meets(timezone.now() + timedelta(days=30 + number))
        cast.meets(timezone.now() - timedelta(days=3 + number))
        GroupSeriesFactory(school=cast.school, made_by=cast.petra, leaders=[cast.karim])
    client.force_login(cast.karim)
    counts = {}
    for name, row in (
        ("group_list", None),
        ("group_detail", cast.group),
        ("group_attendance", cast.date),
        ("group_members_add", cast.group),
    ):
        counts[name] = (reverse("visits:group_list") if row is None else url(name, row), QUERIES[name])
    for name, (address, queries) in counts.items():
        with assert_queries(queries):
            assert client.get(address).status_code == 200, name


QUERIES = {"group_list": 3, "group_detail": 9, "group_attendance": 8, "group_members_add": 6}
