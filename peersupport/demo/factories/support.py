"""Supporters, pupils, referrals, support periods, contacts."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.people import (
    FAMILY_NAMES,
    GIVEN_NAMES,
    CoordinatorFactory,
    OrganisationFactory,
    PeerUserFactory,
    SchoolFactory,
    SchoolStaffFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.names import search_key, sort_key
from students.models import (
    Assignment,
    Case,
    Enrolment,
    Guardian,
    Identity,
    PersonAround,
    Referral,
    ReferralStatus,
    Student,
)
from supporters.models import LivedExperience, PeerSupporter, Placement
from visits.models import Booking, Contact, ContactNote, Participation


class PeerSupporterFactory(Factory):
    """Placed full time at a school: `PeerSupporterFactory(school=school, percent=50)`; `school=None` for
    nowhere.
    """

    class Meta:
        model = PeerSupporter

    school = factory.SubFactory(SchoolFactory)
    percent = 100
    organisation = factory.LazyAttribute(
        lambda o: o.school.organisation if o.school else OrganisationFactory()
    )
    user = factory.LazyAttribute(lambda o: PeerUserFactory(organisation=o.organisation))
    languages = ["svenska"]
    interests = ["spel"]

    @classmethod
    def _create(cls, model_class: type[PeerSupporter], *args: Any, **kwargs: Any) -> PeerSupporter:
        school, percent = kwargs.pop("school"), kwargs.pop("percent")
        supporter: PeerSupporter = super()._create(model_class, *args, **kwargs)
        if school is not None:
            PlacementFactory(supporter=supporter, school=school, percent=percent)
        return supporter


class PlacementFactory(Factory):
    class Meta:
        model = Placement

    supporter = factory.SubFactory(PeerSupporterFactory, school=None)
    school = factory.SubFactory(SchoolFactory)
    percent = 100
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=300))


class LivedExperienceFactory(Factory):
    class Meta:
        model = LivedExperience

    supporter = factory.SubFactory(PeerSupporterFactory)
    text = "Jag var hemma länge själv."


class StudentFactory(Factory):
    """With a name and an enrolment; `StudentFactory(given_name=…, family_name=…, protection="marked")`."""

    class Meta:
        model = Student

    school = factory.SubFactory(SchoolFactory)
    grade = 7
    given_name = factory.Iterator(GIVEN_NAMES)
    family_name = factory.Iterator(FAMILY_NAMES)
    called = ""

    @classmethod
    def _create(cls, model_class: type[Student], *args: Any, **kwargs: Any) -> Student:
        name = {part: kwargs.pop(part) for part in ("given_name", "family_name", "called")}
        with owner():
            student: Student = super()._create(model_class, *args, **kwargs)
            Identity.objects.create(
                student=student,
                school_id=student.school_id,
                is_protected=student.protection != "none",
                sort_key=sort_key(name["family_name"], name["given_name"]),
                search_key=search_key(name["given_name"], name["called"], name["family_name"]),
                **name,
            )
            Enrolment.objects.create(
                student=student,
                access_school_id=student.school_id,
                school_id=student.school_id,
                school_form=student.school_form,
                grade=student.grade,
                valid_from=today() - timedelta(days=90),
            )
        return student


class GuardianFactory(Factory):
    class Meta:
        model = Guardian

    student = factory.SubFactory(StudentFactory)
    school_id = factory.SelfAttribute("student.school_id")
    is_protected = factory.LazyAttribute(lambda o: o.student.protection != "none")
    given_name = "Moa"
    family_name = "Provdal"
    phone = "070-1740605"


class PersonAroundFactory(Factory):
    """Someone who works with the pupil; `PersonAroundFactory(kind="own", role="mormor")` for an own person."""

    class Meta:
        model = PersonAround

    student = factory.SubFactory(StudentFactory)
    school_id = factory.SelfAttribute("student.school_id")
    is_protected = factory.LazyAttribute(lambda o: o.student.protection != "none")
    name = "Kim Provdal"
    role = "kurator"
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=60))
    added_by = factory.LazyAttribute(lambda o: CoordinatorFactory(organisation=o.student.school.organisation))


class ReferralFactory(Factory):
    """A new referral by a member of the school's staff, about a pupil who is not on record yet."""

    class Meta:
        model = Referral

    school = factory.SubFactory(SchoolFactory)
    referred_by = factory.LazyAttribute(lambda o: SchoolStaffFactory(school=o.school))
    given_name = factory.Iterator(GIVEN_NAMES)
    family_name = factory.Iterator(FAMILY_NAMES)
    search_key = factory.LazyAttribute(lambda o: search_key(o.given_name, o.family_name))
    works_well = "Ritar gärna."


class CaseFactory(Factory):
    """An open support period of an accepted referral, waiting for a supporter."""

    class Meta:
        model = Case

    student = factory.SubFactory(StudentFactory)
    school = factory.SelfAttribute("student.school")
    referral = factory.LazyAttribute(
        lambda o: ReferralFactory(
            school=o.school,
            student=o.student,
            status=ReferralStatus.ACCEPTED,
            **(
                {"protection": o.student.protection, "given_name": "", "family_name": "", "search_key": ""}
                if o.student.protection != "none"
                else {}
            ),
        )
    )
    reason = "absence"
    opened_by = factory.LazyAttribute(lambda o: CoordinatorFactory(organisation=o.school.organisation))
    waiting_since = factory.LazyFunction(lambda: today() - timedelta(days=9))


class AssignmentFactory(Factory):
    """Holds today. `AssignmentFactory(ended=True)` for one that ended a moment ago."""

    class Meta:
        model = Assignment

    class Params:
        ended = factory.Trait(
            ended_at=factory.LazyFunction(timezone.now), ended_by=factory.SelfAttribute("made_by")
        )

    case = factory.SubFactory(CaseFactory)
    student = factory.SelfAttribute("case.student")
    school = factory.SelfAttribute("case.school")
    supporter = factory.LazyAttribute(lambda o: PeerSupporterFactory(school=o.school))
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=60))
    reason = "Placerad på skolan."
    made_by = factory.SelfAttribute("case.opened_by")


class BookingFactory(Factory):
    """Planned by the assignment's supporter; each an hour after the last, so that no two of them clash."""

    class Meta:
        model = Booking

    class Params:
        assignment = factory.SubFactory(AssignmentFactory)

    student = factory.SelfAttribute("assignment.student")
    case = factory.SelfAttribute("assignment.case")
    school_id = factory.SelfAttribute("student.school_id")
    supporter = factory.SelfAttribute("assignment.supporter")
    kind = "home_visit"
    starts_at = factory.Sequence(lambda n: timezone.now() + timedelta(days=1, hours=n))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=60))
    made_by = factory.SelfAttribute("supporter.user")


class ContactFactory(Factory):
    """A held home visit of the assignment's supporter: `ContactFactory(assignment=…, outcome="no_answer",
    note="…")`.
    """

    class Meta:
        model = Contact

    assignment = factory.SubFactory(AssignmentFactory)
    author = factory.SelfAttribute("assignment.supporter.user")
    supporter = factory.SelfAttribute("assignment.supporter")
    kind = "home_visit"
    minutes = 60
    occurred_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    outcome = "met"
    next_step = ""
    note = ""

    @classmethod
    def _create(cls, model_class: type[Contact], *args: Any, **kwargs: Any) -> Contact:
        assignment, outcome = kwargs.pop("assignment"), kwargs.pop("outcome")
        next_step, note = kwargs.pop("next_step"), kwargs.pop("note")
        with owner():
            contact: Contact = super()._create(model_class, *args, **kwargs)
            add_participation(contact, assignment, outcome=outcome, next_step=next_step, note=note)
        return contact


def add_participation(
    contact: Contact, assignment: Assignment, *, outcome: str = "met", next_step: str = "", note: str = ""
) -> Participation:
    """One more pupil in the contact."""
    with owner():
        participation = Participation.objects.create(
            contact=contact,
            student=assignment.student,
            case=assignment.case,
            school_id=assignment.student.school_id,
            author=contact.author,
            occurred_at=contact.occurred_at,
            kind=contact.kind,
            outcome=outcome,
            next_step=next_step,
        )
        if note:
            ContactNote.objects.create(
                participation=participation,
                student=assignment.student,
                school_id=assignment.student.school_id,
                author=contact.author,
                text=note,
            )
    return participation
