"""A home visit for each of several bookings, and the key of the one that goes on: the peer supporter's `own`."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from operations.models import Link, LinkKind
from peersupport.demo.factories import (
    ConcernReportFactory,
    HomeVisitFactory,
    IncidentReportFactory,
    OrganisationNumberFactory,
    VisitEventFactory,
)

KEY_TOKEN = "the-token-of-the-peer-supporters-visit-key"
ROWS = ("own", "colleague", "ended", "south", "away")


def add_visits(world: Any) -> None:
    for name in ROWS:
        booking = world["visits_booking", name]
        visit = world.add(name, HomeVisitFactory(booking=booking, checked_in=name == "own"))
        world.add(name, VisitEventFactory(visit=visit))
    own = world["safety_homevisit", "own"]
    world.add("own_by_key", VisitEventFactory(visit=own, by=None, via="key", act="extended"))
    link = Link.objects.create(
        kind=LinkKind.VISIT_KEY,
        object_id=own.public_id,
        token_digest=hashlib.sha256(KEY_TOKEN.encode()).hexdigest(),
        made_by_id=world.users["peer_supporter"].pk,
        expires_at=timezone.now() + timedelta(hours=5),
    )
    world.add("visit_key", link)


def add_numbers(world: Any) -> None:
    """Whom each organisation rings when worried."""
    world.add("own", OrganisationNumberFactory(organisation=world.home))
    world.add("withdrawn", OrganisationNumberFactory(organisation=world.home, withdrawn_at=timezone.now()))
    world.add("away", OrganisationNumberFactory(organisation=world.away))


# name: (the pupil, who reported)
REPORTS = {
    "own": ("own", "peer_supporter"),
    "staffs": ("own", "school_staff"),
    "coordinators": ("own", "coordinator"),
    "ended": ("ended", "peer_supporter"),
    "colleague": ("colleague", "colleague"),
    "south": ("south", "south"),
    "away": ("away", "away"),
}


def add_reports(world: Any) -> None:
    for name, (student, author) in REPORTS.items():
        about = {"student": world.students[student], "author": world.users[author]}
        world.add(name, ConcernReportFactory(**about))


def add_incidents(world: Any) -> None:
    for name in ("own", "colleague", "south", "away"):
        supporter = world.supporters[name]
        visit = world["safety_homevisit", "own"] if name == "own" else None
        world.add(name, IncidentReportFactory(supporter=supporter, visit=visit))
    answered = {"measures": "Två går.", "closed_at": timezone.now(), "closed_by": world.users["coordinator"]}
    world.add("answered", IncidentReportFactory(supporter=world.supporters["own"], **answered))
    coordinators = {"author": world.users["coordinator"], "organisation": world.home}
    world.add("coordinators", IncidentReportFactory(supporter=None, **coordinators))
