"""One organisation with everybody an alarm can call, and a visit that goes on."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from operations.models import OutgoingMail
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from safety.models import Alarm, AlarmCall, DutyStep, DutyTurn, HomeVisit, SafetyRules, WorkPhone
from schools.models import Role

# What no mail may hold.
NAME, ADDRESS, SCHOOL = "Kanariefågel", "Kanariestigen 7", "Kanarieskolan"
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


class House:
    def __init__(self) -> None:
        self.organisation = OrganisationFactory()
        self.school = SchoolFactory(organisation=self.organisation, name=SCHOOL)
        self.student = StudentFactory(school=self.school, given_name=NAME, family_name=NAME)
        self.coordinator = CoordinatorFactory(organisation=self.organisation)
        self.supporter = PeerSupporterFactory(school=self.school)
        self.user = self.supporter.user
        case = CaseFactory(student=self.student, opened_by=self.coordinator)
        self.assignment = AssignmentFactory(case=case, supporter=self.supporter)
        self.colleague = PeerSupporterFactory(school=self.school).user
        self.duty = LeadFactory(organisation=self.organisation)
        with owner():
            WorkPhone.objects.create(organisation=self.organisation, user=self.user, phone="070-17 40 699")

    def rules(self, **minutes: int) -> None:
        with owner():
            SafetyRules.objects.create(organisation=self.organisation, **minutes)

    def turn(self, user: User, step: DutyStep, **fields: Any) -> DutyTurn:
        usual: dict[str, Any] = {"weekdays": EVERY_DAY, "starts": time(0), "ends": time(0)}
        usual |= {"first_on": datetime(2020, 1, 1).date()} | fields
        with owner():
            return DutyTurn.objects.create(organisation=self.organisation, user=user, step=step, **usual)

    def everybody_on_duty(self) -> None:
        self.turn(self.colleague, DutyStep.COLLEAGUE)
        self.turn(self.duty, DutyStep.DUTY)

    def booking(self, starts_at: datetime, minutes: int = 60) -> Any:
        return BookingFactory(
            assignment=self.assignment,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            kind="home_visit",
            place=ADDRESS,
        )

    def visit(
        self, *, end: datetime | None = None, start: datetime | None = None, **fields: Any
    ) -> HomeVisit:
        """Going on until `end`; planned for `start` when only that is given."""
        begin = start or (end or timezone.now()) - timedelta(hours=1)
        booking = self.booking(begin)
        if end is not None:
            fields = {"checked_in_at": begin, "expected_end_at": end} | fields
        with owner():
            return HomeVisit.objects.create(
                booking=booking,
                school_id=booking.school_id,
                supporter=self.supporter,
                organisation=self.organisation,
                **fields,
            )

    def colleague_elsewhere(self) -> User:
        """Of another organisation."""
        return CoordinatorFactory()

    def stand_in(self) -> User:
        user = PeerSupporterFactory(school=self.school).user
        MembershipFactory(user=user, role=Role.SUPERVISOR, organisation=self.organisation)
        return user


def calls(alarm: Alarm | None = None) -> list[tuple[int, int, int | None]]:
    """(round, step, user) of every call, in order."""
    with owner():
        found = AlarmCall.objects.filter(alarm=alarm) if alarm else AlarmCall.objects.all()
        return list(found.order_by("called_at", "step", "pk").values_list("round", "step", "user_id"))


def the_alarm() -> Alarm:
    with owner():
        return Alarm.objects.select_related("supporter", "visit").get()


def mails() -> list[OutgoingMail]:
    with owner():
        return list(OutgoingMail.objects.filter(kind="call").order_by("created_at", "pk"))
