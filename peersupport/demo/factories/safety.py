"""Home visits in each state, numbers to ring, markers of reports, incidents."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.people import CoordinatorFactory, OrganisationFactory
from peersupport.demo.factories.support import BookingFactory, PeerSupporterFactory, StudentFactory
from peersupport.lib.dates import today
from safety.models import (
    ConcernReport,
    HomeVisit,
    IncidentReport,
    OrganisationNumber,
    VisitCompany,
    VisitEnd,
    VisitEvent,
)


class HomeVisitFactory(Factory):
    """Of a booking: `HomeVisitFactory(booking=booking, checked_in=True)`; planned when nothing is said."""

    class Meta:
        model = HomeVisit

    class Params:
        checked = factory.Trait(
            company=VisitCompany.ALONE,
            checked_at=factory.LazyFunction(timezone.now),
            checked_by=factory.SelfAttribute("supporter.user"),
        )
        left = factory.Trait(checked=True, left_at=factory.LazyFunction(timezone.now))
        checked_in = factory.Trait(
            left=True,
            checked_in_at=factory.LazyFunction(timezone.now),
            expected_end_at=factory.LazyAttribute(lambda o: o.checked_in_at + timedelta(hours=1)),
        )
        ended = factory.Trait(
            checked_in=True, ended_at=factory.LazyFunction(timezone.now), ended_how=VisitEnd.DONE
        )

    booking: Any = factory.SubFactory(BookingFactory)
    school_id = factory.SelfAttribute("booking.school_id")
    supporter = factory.SelfAttribute("booking.supporter")
    organisation = factory.SelfAttribute("booking.supporter.organisation")


class VisitEventFactory(Factory):
    """A line of a visit's log, by its supporter."""

    class Meta:
        model = VisitEvent

    visit: Any = factory.SubFactory(HomeVisitFactory)
    act = "risk_checked"
    by = factory.SelfAttribute("visit.supporter.user")


class OrganisationNumberFactory(Factory):
    """Where a report is made."""

    class Meta:
        model = OrganisationNumber

    organisation: Any = factory.SubFactory(OrganisationFactory)
    step = "intake"
    name = factory.Sequence("Mottagningen {}".format)
    phone = "08-465 004 10"
    hours = "Vardagar 8–16"


class ConcernReportFactory(Factory):
    """Sent to the social services just now, by a coordinator."""

    class Meta:
        model = ConcernReport

    student: Any = factory.SubFactory(StudentFactory)
    school_id = factory.SelfAttribute("student.school_id")
    author: Any = factory.LazyAttribute(lambda o: CoordinatorFactory(school=o.student.school))
    learned_on = factory.LazyFunction(today)
    sent_at = factory.LazyFunction(timezone.now)
    receiver = "social"
    way = "phone"
    feedback_asked = True


class IncidentReportFactory(Factory):
    """A threat just now, told by a supporter."""

    class Meta:
        model = IncidentReport

    supporter: Any = factory.SubFactory(PeerSupporterFactory)
    organisation = factory.SelfAttribute("supporter.organisation")
    author = factory.SelfAttribute("supporter.user")
    kind = "threat"
    happened_at = factory.LazyFunction(timezone.now)
    what = "En vuxen i trapphuset skrek och spärrade vägen."
