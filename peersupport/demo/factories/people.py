"""Users, organisations, schools, memberships. All names are openly invented (DOMAIN §11)."""

from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from peersupport.demo.factories.base import Factory
from peersupport.lib.dates import today
from schools.models import LocalCode, Membership, Organisation, Role, School, SchoolBreak, SchoolContact

GIVEN_NAMES = (
    "Alva",
    "Bilal",
    "Elin",
    "Samira",
    "Oskar",
    "Leyla",
    "Noah",
    "Tindra",
    "Yusuf",
    "Moa",
    "Hugo",
    "Amina",
)
FAMILY_NAMES = ("Exempelsson", "Provdal", "Testhage", "Fiktander", "Låtsman", "Påhittsson")
PASSWORD = "peer-support-demo"


class UserFactory(Factory):
    class Meta:
        model = User

    given_name = factory.Iterator(GIVEN_NAMES)
    family_name = factory.Iterator(FAMILY_NAMES)
    email = factory.Sequence(lambda n: f"person{n}@test.example")
    password = "!"  # nobody signs in with a password in most tests; `password_of` gives one

    class Params:
        # `UserFactory(signs_in=True)`: with PASSWORD; costs an argon2 hash
        signs_in = factory.Trait(password=factory.LazyFunction(lambda: make_password(PASSWORD)))


class OrganisationFactory(Factory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Provstad {n} kommun")
    municipality_code = "9901"


class SchoolFactory(Factory):
    class Meta:
        model = School

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Provskolan {n}")
    unit_code = factory.Sequence(lambda n: f"{500 + n:08d}")
    municipality_code = "9901"
    forms = ["GR"]
    grades = "F–9"


class SchoolContactFactory(Factory):
    class Meta:
        model = SchoolContact

    school = factory.SubFactory(SchoolFactory)
    function = "rektor"
    name = "Alva Fiktander"
    email = "rektor@skola.example"


class SchoolBreakFactory(Factory):
    """An autumn break of all schools, in a year so late that no day counted in a test falls in it."""

    class Meta:
        model = SchoolBreak

    organisation = factory.SubFactory(OrganisationFactory)
    school = None
    kind = "autumn"
    first_on = date(2090, 10, 30)
    last_on = date(2090, 11, 3)


class LocalCodeFactory(Factory):
    """A kind of contact of the organisation's own, counted as one at school."""

    class Meta:
        model = LocalCode

    organisation = factory.SubFactory(OrganisationFactory)
    code_list = "contact_kind"
    national_code = "at_school"
    label = factory.Sequence(lambda n: f"Fika {n}")


class MembershipFactory(Factory):
    """Confirmed and in force; of the whole organisation unless a school is given."""

    class Meta:
        model = Membership

    class Params:
        ended = factory.Trait(valid_to=factory.LazyFunction(lambda: today() - timedelta(days=1)))
        unconfirmed = factory.Trait(confirmed_at=None)

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    school = None
    organisation = factory.LazyAttribute(
        lambda membership: membership.school.organisation if membership.school else OrganisationFactory()
    )
    valid_from = factory.LazyFunction(lambda: today() - timedelta(days=400))
    confirmed_at = factory.LazyFunction(timezone.now)


class MemberFactory(UserFactory):
    """A user who holds one role: `CoordinatorFactory(school=…)` for one school, `(organisation=…)` for all of
    it.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, role: Role, **kwargs: Any) -> User:
        where = {name: kwargs.pop(name) for name in ("school", "organisation") if name in kwargs}
        user: User = super()._create(model_class, *args, **kwargs)
        MembershipFactory(user=user, role=role, **where)
        return user


class CoordinatorFactory(MemberFactory):
    role = Role.COORDINATOR


class SupervisorFactory(MemberFactory):
    role = Role.SUPERVISOR


class SchoolStaffFactory(MemberFactory):
    role = Role.SCHOOL_STAFF


class LeadFactory(MemberFactory):
    role = Role.LEAD


class AdminFactory(MemberFactory):
    role = Role.ADMIN


class ReviewerFactory(MemberFactory):
    role = Role.REVIEWER


class PeerUserFactory(MemberFactory):
    """The user behind a peer supporter; usually made by PeerSupporterFactory."""

    role = Role.PEER_SUPPORTER
