"""Time without a pupil."""

from datetime import timedelta

import factory
from django.utils import timezone

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.support import PeerSupporterFactory
from visits.models import OtherTime


class OtherTimeFactory(Factory):
    """A team meeting of an hour, two hours ago; each a minute before the last."""

    class Meta:
        model = OtherTime

    supporter = factory.SubFactory(PeerSupporterFactory)
    kind = "team_meeting"
    starts_at = factory.Sequence(lambda n: timezone.now() - timedelta(hours=2, minutes=n))
    minutes = 60
