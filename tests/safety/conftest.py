"""A supporter with one pupil, whose name, address and school are looked for where they must not be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CoordinatorFactory,
    HomeVisitFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from safety.models import HomeVisit, VisitLog
from students.models import Whereabouts

CANARIES = ("Rödhakeslinga", "Övningsbylund", "Kanariegatan 7", "Sånglärkeskolan", "0701740600")


@pytest.fixture
def mine():
    school = SchoolFactory(name=CANARIES[3])
    assignment = AssignmentFactory(
        case__student__school=school,
        case__student__given_name=CANARIES[0],
        case__student__family_name=CANARIES[1],
    )
    with owner():
        Whereabouts.objects.create(
            student=assignment.student,
            school_id=school.pk,
            street=CANARIES[2],
            postal_code="123 45",
            city="Övningsby",
            phone=CANARIES[4],
        )
    return assignment


@pytest.fixture
def user(mine):
    return mine.supporter.user


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


@pytest.fixture
def booking(mine):
    now = timezone.now()
    return BookingFactory(assignment=mine, starts_at=now, ends_at=now + timedelta(minutes=60))


@pytest.fixture
def visit(booking):
    """Checked in a moment ago."""
    return HomeVisitFactory(booking=booking, checked_in=True)


@pytest.fixture
def as_supporter(client, user):
    client.force_login(user)
    return client


def stored(visit) -> HomeVisit:
    """As the owner sees it now."""
    with owner():
        return HomeVisit.objects.get(pk=visit.pk)


def log_of(visit) -> list[tuple[str, str, int | None]]:
    """(act, via, by) of each line, in order."""
    with owner():
        return list(VisitLog.objects.filter(visit=visit).values_list("act", "via", "by"))


def change(visit, **fields) -> None:
    with owner():
        HomeVisit.objects.filter(pk=visit.pk).update(**fields)
