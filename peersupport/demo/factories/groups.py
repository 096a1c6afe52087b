"""Groups, their leaders, dates and participants."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.people import CoordinatorFactory, SchoolFactory
from peersupport.demo.factories.support import AssignmentFactory, PeerSupporterFactory
from peersupport.lib.dates import today
from visits.models import GroupDate, GroupLeader, GroupMember, GroupSeries


class GroupSeriesFactory(Factory):
    """A group at a school of its own: `GroupSeriesFactory(school=…, made_by=…, leaders=[user, …])`."""

    class Meta:
        model = GroupSeries
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    made_by = factory.LazyAttribute(lambda o: CoordinatorFactory(organisation=o.school.organisation))
    name = factory.Sequence(lambda n: f"Spelgruppen {n}")
    place = "fritidsgården"

    @factory.post_generation
    def leaders(self: Any, create: bool, users: Any, **_kwargs: Any) -> None:
        for user in users or ():
            GroupLeaderFactory(series=self, user=user)


class GroupLeaderFactory(Factory):
    """Leads `series`; `ended=True`: has led it."""

    class Meta:
        model = GroupLeader

    class Params:
        ended = factory.Trait(
            ended_at=factory.LazyFunction(timezone.now), ended_by=factory.SelfAttribute("added_by")
        )

    series = factory.SubFactory(GroupSeriesFactory)
    school_id = factory.SelfAttribute("series.school_id")
    user = factory.LazyAttribute(lambda o: PeerSupporterFactory(school=o.series.school).user)
    added_by = factory.SelfAttribute("series.made_by")


class GroupDateFactory(Factory):
    """An hour and a half in a year, where no `BookingFactory` books anybody; each a day after the last."""

    class Meta:
        model = GroupDate

    series = factory.SubFactory(GroupSeriesFactory)
    school_id = factory.SelfAttribute("series.school_id")
    starts_at = factory.Sequence(lambda n: timezone.now() + timedelta(days=365 + n))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=90))
    made_by = factory.SelfAttribute("series.made_by")


class GroupMemberFactory(Factory):
    """In `series` for a month: `GroupMemberFactory(series=…, assignment=…)`."""

    class Meta:
        model = GroupMember

    class Params:
        assignment = factory.SubFactory(AssignmentFactory)

    series = factory.LazyAttribute(lambda o: GroupSeriesFactory(school=o.assignment.school))
    student = factory.SelfAttribute("assignment.student")
    school_id = factory.SelfAttribute("student.school_id")
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=30))
    added_by = factory.SelfAttribute("series.made_by")
