"""What the story's pupils have planned, who is around them, and how support has been paused and ended."""

from datetime import time, timedelta

from accounts.models import User
from peersupport.demo import history
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import morning
from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, today
from students import services
from students.models import Assignment, Case, CaseEndReason, PersonKind
from visits.models import Booking, BookingCancelledBecause, ContactKind
from visits.services import Plan, cancel_booking, move_booking, plan_booking, write_step

OSKAR, AMINA, YUSUF, PROTECTED, TINDRA, NOOR, RUT, ALEX = 0, 1, 2, 4, 5, 6, 7, 8
PEOPLE = (
    (
        OSKAR,
        "Sam Påhittsson",
        "kurator",
        "Havreängsskolan",
        "samtal, kontakt med lärarna",
        "Mejl, eller ring före 9",
    ),
    (OSKAR, "Skolsköterskan", "skolsköterska", "Havreängsskolan", "sömn och mat", "Öppet tis och tors"),
    (AMINA, "Mika Låtsman", "socialsekreterare", "Lindsjö kommun", "stöd till familjen", "Telefon, 13–15"),
    (TINDRA, "Jo Fiktander", "mentor", "Kvarnbergshöjdens skola", "schemat", "I personalrummet på rasterna"),
)
OWN_PEOPLE = (
    (OSKAR, "Mormor Inga", "mormor", "Där Oskar är på onsdagar"),
    (AMINA, "Tränaren Ali", "fotbollstränare", "Sms, vet att hon vilar just nu"),
    (YUSUF, "Elliot", "vän", "De spelar på kvällarna"),
)


def tell_plans(assignments: list[Assignment], petra: User) -> None:
    """Through the services; what has to lie in the past, or earlier today, the owner moves there."""
    _people(assignments, petra)
    _bookings(assignments)
    rut, alex, tindra = (assignments[number] for number in (RUT, ALEX, TINDRA))
    with as_user(rut.supporter.user):
        write_step(
            case=_case(rut, rut.supporter.user),
            by=rut.supporter.user,
            text="Äta lunch i lilla matsalen en gång",
        )
    _rests_and_ends(tindra, alex, petra)


def _rests_and_ends(tindra: Assignment, alex: Assignment, petra: User) -> None:
    """The day before today; when it was written the owner moves there."""
    with history.at(morning(1)), as_user(petra):
        services.pause_case(
            case=_case(tindra, petra),
            by=petra,
            version=_case(tindra, petra).version,
            until=today() + timedelta(days=20),
            reason="Tindra vill vila en tid. Jo hör av sig när skolan börjar igen.",
        )
        services.close_case(
            case=_case(alex, petra),
            by=petra,
            version=_case(alex, petra).version,
            last_day=morning(1).date(),
            end_reason=CaseEndReason.GOALS_REACHED,
            learnt="Korta träffar vid skolgrinden gjorde mer än långa hembesök. Alex valde själv när det var dags.",
        )
    with owner(), history.unwritten():
        Case.objects.filter(pk=alex.case_id).update(closed_at=morning(1))


def _case(assignment: Assignment, by: User) -> Case:
    return Case.objects.visible_to(by).get(pk=assignment.case_id)


def _people(assignments: list[Assignment], petra: User) -> None:
    with as_user(petra):
        for number, name, role, organisation, helps_with, how_to_reach in PEOPLE:
            fields = {"name": name, "role": role, "organisation": organisation, "helps_with": helps_with}
            services.add_person(
                student=assignments[number].student,
                by=petra,
                fields=fields | {"how_to_reach": how_to_reach, "starts_on": today() - timedelta(days=60)},
            )
    people = assignments[OSKAR].student.people_around
    with history.at(morning(11)), as_user(petra):
        services.mark_first_contact(person=people.get(name="Sam Påhittsson"), by=petra)
    with history.at(morning(10)), as_user(petra):
        nurse = people.get(name="Skolsköterskan")
        services.end_person(person=nurse, by=petra, last_day=today() - timedelta(days=10))
    for number, name, role, how_to_reach in OWN_PEOPLE:
        assignment = assignments[number]
        with as_user(assignment.supporter.user):
            services.add_person(
                student=assignment.student,
                by=assignment.supporter.user,
                fields={
                    "kind": PersonKind.OWN,
                    "name": name,
                    "role": role,
                    "how_to_reach": how_to_reach,
                    "starts_on": today() - timedelta(days=60),
                },
            )


def _bookings(assignments: list[Assignment]) -> None:
    oskar, amina = assignments[OSKAR], assignments[AMINA]
    _move_to_today(
        _book(oskar, ContactKind.HOME_VISIT, 1, time(13, 30), 60, "hemma, med mamma"), time(13, 30)
    )
    _move_to_today(_book(amina, ContactKind.AT_SCHOOL, 2, time(15, 0), 30, "skolgården"), time(15, 0))
    booked = _book(oskar, ContactKind.AT_SCHOOL, 6, time(10, 0), 30, "biblioteket")
    with history.at(morning(1)), as_user(oskar.supporter.user):
        plan = _plan(ContactKind.AT_SCHOOL, 7, time(10, 0), 30, "biblioteket")
        move_booking(booking=booked, by=oskar.supporter.user, version=booked.version, plan=plan)
    _book(assignments[YUSUF], ContactKind.HOME_VISIT, 8, time(14, 0), 60, "")
    _book(assignments[PROTECTED], ContactKind.PHONE, 3, time(16, 0), 30, "")
    _book(assignments[TINDRA], ContactKind.HOME_VISIT, 4, time(9, 0), 60, "")  # the pause takes it along
    noor = assignments[NOOR]
    cancelled = _book(noor, ContactKind.AT_SCHOOL, 2, time(11, 0), 30, "entrén")
    with history.at(morning(1)), as_user(noor.supporter.user):
        cancel_booking(booking=cancelled, by=noor.supporter.user, because=BookingCancelledBecause.STUDENT)
    with owner(), history.unwritten():
        Booking.objects.filter(pk=cancelled.pk).update(cancelled_at=morning(1))


def _book(
    assignment: Assignment, kind: ContactKind, in_days: int, at: time, minutes: int, place: str
) -> Booking:
    plan = _plan(kind, in_days, at, minutes, place)
    with as_user(assignment.supporter.user):
        return plan_booking(assignment=assignment, by=assignment.supporter.user, plan=plan)


def _plan(kind: ContactKind, in_days: int, at: time, minutes: int, place: str) -> Plan:
    starts_at = moment_at(today() + timedelta(days=in_days), at)
    return Plan(kind, starts_at, starts_at + timedelta(minutes=minutes), place)


def _move_to_today(booking: Booking, at: time) -> None:
    """Whatever the hour is when the story is told."""
    length = booking.ends_at - booking.starts_at
    starts_at = moment_at(today(), at)
    with owner(), history.unwritten():
        Booking.objects.filter(pk=booking.pk).update(starts_at=starts_at, ends_at=starts_at + length)
