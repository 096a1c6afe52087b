"""A group of five with two supporters, and what tests ask of it."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    GroupDateFactory,
    GroupMemberFactory,
    GroupSeriesFactory,
    PeerSupporterFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.school_days import public_holidays
from visits.models import GroupMember

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


def url(name, row):
    return reverse(f"visits:{name}", args=[row.public_id])


def stored(model, **fields):
    with owner():
        return list(model.objects.filter(**fields).order_by("pk"))


def rows_of(member):
    with owner():
        return GroupMember.objects.filter(pk=member.pk).values().get()


def came(cast, client, answers, date_=None, version=""):
    data = {f"came-{cast.assignments[n].student.public_id}": answer for n, answer in answers.items()}
    return client.post(url("group_attendance", date_ or cast.date), data | {"version": version})


def move_form(cast, **fields):
    at = timezone.localtime(cast.date.starts_at) + timedelta(days=1)
    data = {"version": "1", "on": at.date().isoformat(), "at": "15:30", "length": "60", "place": ""}
    return data | fields


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


def said(response):
    return [str(message) for message in response.context["messages"]]
