"""Time without a pupil."""

from datetime import timedelta

import factory
from django.utils import timezone

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.support import PeerSupporterFactory
from visits.models import Appointment, OtherTime


class OtherTimeFactory(Factory):
    """A team meeting of an hour, two hours ago; each a minute before the last."""

    class Meta:
        model = OtherTime

    supporter = factory.SubFactory(PeerSupporterFactory)
    kind = "team_meeting"
    starts_at = factory.Sequence(lambda n: timezone.now() - timedelta(hours=2, minutes=n))
    minutes = 60


class AppointmentFactory(Factory):
    """Supervision of an hour, planned by the supporter; each on a day of its own."""

    class Meta:
        model = Appointment

    supporter = factory.SubFactory(PeerSupporterFactory)
    made_by = factory.SelfAttribute("supporter.user")
    kind = "supervision"
    starts_at = factory.Sequence(lambda n: timezone.now() + timedelta(days=30 + n % 300))
    ends_at = factory.LazyAttribute(lambda one: one.starts_at + timedelta(hours=1))
