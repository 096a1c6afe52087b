"""The invented municipality: its schools, staff and supporters.

No person or school here exists (DOMAIN §11).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from accounts.models import User
from peersupport.demo.factories import (
    PASSWORD,
    LivedExperienceFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PlacementFactory,
    SchoolContactFactory,
    SchoolFactory,
    UserFactory,
)
from peersupport.lib.dates import today
from schools.models import Organisation, OrganisationKind, Role, School
from supporters.models import ExperienceSharing, PeerModel, PeerSupporter


class SignIn(NamedTuple):
    """One line of the list that `make demo` prints."""

    email: str
    role: str
    who: str


SIGN_INS = (
    SignIn("samordnare@demo.example", "samordnare", "Petra Provdal, Lindsjö kommun"),
    SignIn("samordnare2@demo.example", "samordnare", "Signe Sagander, Almviks kommun"),
    SignIn("peer@demo.example", "peer supporter", "Karim Testhage, Silverlindsskolan"),
    SignIn("peer2@demo.example", "peer supporter", "Leyla Fiktander, Kvarnbergshöjdens skola"),
    SignIn("handledare@demo.example", "handledare", "Lovisa Fiktander"),
    SignIn("rektor@demo.example", "skolpersonal", "Rasmus Exempelgren, Silverlindsskolan"),
    SignIn("ledare@demo.example", "verksamhetsledare", "Ylva Påhittsson, även granskare"),
    SignIn("admin@demo.example", "systemadministratör", "Adam Diktsson"),
)

SCHOOLS = (
    ("Silverlindsskolan", ["GR"], "7–9"),
    ("Havreängsskolan", ["FKLASS", "GR"], "F–9"),
    ("Kvarnbergshöjdens skola", ["FKLASS", "GR"], "F–9"),
    ("Fyrvaktargymnasiet", ["GY"], "gy 1–3"),
    ("Norra Tegelbrukets anpassade grundskola", ["GRS"], "1–9"),
    ("Ekorrbackens skola", ["FKLASS", "GR"], "F–6"),
    ("Lyktstolpens skola", ["FKLASS", "GR"], "F–9"),
    ("Molnviks skola", ["GR"], "4–9"),
    ("Tallkottens skola", ["FKLASS", "GR"], "F–6"),
    ("Vindögats skola", ["GR"], "7–9"),
    ("Segelmakarens skola", ["FKLASS", "GR"], "F–9"),
    ("Stjärnkikargymnasiet", ["GY", "GYS"], "gy 1–4"),
)


class Job(NamedTuple):
    """A supporter of the cast: where placed, how much, what languages and interests."""

    given_name: str
    family_name: str
    gender: str
    placements: tuple[tuple[int, int], ...]  # (index in SCHOOLS, percent)
    languages: tuple[str, ...]
    interests: tuple[str, ...]
    presentation: str


JOBS = (
    Job("Karim", "Testhage", "man", ((0, 100),), ("svenska", "arabiska"), ("spel", "matlagning"),
        "Jag brukar börja lugnt, gärna med ett spel eller en promenad."),
    Job("Leyla", "Fiktander", "woman", ((2, 75),), ("svenska", "persiska"), ("musik", "djur"),
        "Jag tycker om att lyssna på musik tillsammans. Vi behöver inte prata hela tiden."),
    Job("Bilal", "Låtsman", "man", ((1, 50), (5, 50)), ("svenska", "arabiska"), ("fotboll", "film"),
        "Jag är på två skolor och rör mig mycket. Fotboll går alltid bra."),
    Job("Tove", "Provdal", "woman", ((1, 75),), ("svenska", "teckenspråk"), ("hantverk", "djur"),
        "Händerna först, orden sen. Jag har alltid ull i väskan."),
    Job("Mattias", "Övningsby", "man", ((3, 100),), ("svenska", "engelska"), ("spel", "teknik"),
        "Jag lagar gamla datorer och spelar schack."),
    Job("Samar", "Diktsson", "woman", ((3, 50), (11, 50)), ("svenska", "arabiska"), ("mat", "böcker"),
        "Jag bjuder på te. Vi tar det i din takt."),
    Job("Jonna", "Exempelgren", "woman", ((4, 75),), ("svenska",), ("hästar", "musik"),
        "Jag har jobbat i stall och gillar att vara ute."),
    Job("Erik", "Sagander", "man", ((6, 75),), ("svenska", "finska"), ("fiske", "spel"),
        "Jag är van att vänta. Det gäller fiske också."),
    Job("Hodan", "Modellqvist", "woman", ((7, 50), (9, 50)), ("svenska", "somaliska"), ("basket", "mode"),
        "Jag säger som det är och skrattar ofta."),
    Job("Patrik", "Årsprov", "man", ((8, 50),), ("svenska",), ("natur", "foto"),
        "Jag går gärna i skogen med en kamera."),
    Job("Nadja", "Påhittsson", "woman", ((9, 50),), ("svenska", "ukrainska", "ryska"), ("bild", "katter"),
        "Jag ritar serier. Du får gärna vara med i dem."),
    Job("Simon", "Testhage", "man", ((10, 75),), ("svenska", "engelska"), ("skateboard", "musik"),
        "Jag har ramlat mer än jag har stått, och rest mig varje gång."),
    Job("Aisha", "Fiktander", "woman", ((11, 50),), ("svenska", "engelska", "arabiska"), ("poesi", "film"),
        "Jag skriver texter. Ibland är det lättare än att prata."),
    Job("Viktor", "Exempelsson", "man", ((6, 25), (10, 25)), ("svenska",), ("odling", "matlagning"),
        "Ny i höst. Jag odlar chili på kontoret."),
)  # fmt: skip


@dataclass
class Cast:
    """Everyone the story needs, by part."""

    organisation: Organisation
    schools: list[School]
    users: dict[str, User] = field(default_factory=dict)
    supporters: list[PeerSupporter] = field(default_factory=list)


def lindsjo() -> Cast:
    """Lindsjö kommun with twelve schools, its staff, and fourteen supporters."""
    owner = OrganisationFactory(name="Lindsjö kommun", number="2120009901", municipality_code="9901")
    association = OrganisationFactory(
        name="NSPH Lindsjö", kind=OrganisationKind.ASSOCIATION, number="8024009901", municipality_code=""
    )
    cast = Cast(owner, _schools(owner, SCHOOLS, first_code=101, municipality="9901"))
    silverlind = cast.schools[0]
    _staff(cast, "samordnare", "Petra", "Provdal", Role.COORDINATOR)
    _staff(cast, "handledare", "Lovisa", "Fiktander", Role.SUPERVISOR)
    _staff(cast, "rektor", "Rasmus", "Exempelgren", Role.SCHOOL_STAFF, school=silverlind)
    _staff(cast, "ledare", "Ylva", "Påhittsson", Role.LEAD)
    _staff(cast, "admin", "Adam", "Diktsson", Role.ADMIN)
    MembershipFactory(user=cast.users["ledare"], role=Role.REVIEWER, organisation=owner)
    emails = {0: "peer@demo.example", 1: "peer2@demo.example"}
    for number, job in enumerate(JOBS):
        email = emails.get(number, f"peer{number + 1}@lindsjo.example")
        cast.supporters.append(
            _supporter(cast, job, email, employer=association if number % 3 == 0 else owner)
        )
    _share_experience(cast)
    return cast


def almvik() -> Cast:
    """A second, small municipality: proof that nothing crosses over."""
    owner = OrganisationFactory(name="Almviks kommun", number="2120009902", municipality_code="9902")
    schools = _schools(
        owner, (("Hasselnötens skola", ["GR"], "F–9"), ("Sjöbodens skola", ["GR"], "7–9")), 151, "9902"
    )
    cast = Cast(owner, schools)
    _staff(cast, "samordnare2", "Signe", "Sagander", Role.COORDINATOR)
    _staff(
        cast,
        "rektor2",
        "Mirjam",
        "Modellqvist",
        Role.SCHOOL_STAFF,
        school=schools[0],
        email="rektor@almvik.example",
    )
    for number, job in enumerate((JOBS[9], JOBS[11])):
        job = job._replace(given_name=("Ronja", "Abbe")[number], placements=((number, 100),))
        cast.supporters.append(_supporter(cast, job, f"peer{number + 1}@almvik.example", employer=owner))
    return cast


def _schools(
    owner: Organisation, rows: tuple[tuple[str, list[str], str], ...], first_code: int, municipality: str
) -> list[School]:
    schools = []
    for number, (name, forms, grades) in enumerate(rows):
        code = f"{first_code + number:08d}"
        phone = f"070-17406{40 + number}"
        school = SchoolFactory(
            organisation=owner,
            name=name,
            unit_code=code,
            municipality_code=municipality,
            forms=forms,
            grades=grades,
            phone=phone,
        )
        SchoolContactFactory(
            school=school,
            function="expedition",
            name="",
            email=f"skola{number + 1}@{code}.example",
            phone=phone,
        )
        schools.append(school)
    return schools


def _staff(
    cast: Cast, part: str, given: str, family: str, role: Role, school: School | None = None, email: str = ""
) -> None:
    user = _user(given, family, email or f"{part}@demo.example", needs_second_factor=True)
    where = {"school": school} if school else {"organisation": cast.organisation}
    MembershipFactory(user=user, role=role, **where)
    cast.users[part] = user


@cache
def _password() -> str:
    """All demo users share one password; argon2 is slow on purpose, so it is hashed once."""
    return make_password(PASSWORD)


def _user(given: str, family: str, email: str, **fields: object) -> User:
    user: User = UserFactory(
        given_name=given, family_name=family, email=email, password=_password(), **fields
    )
    return user


def _supporter(cast: Cast, job: Job, email: str, employer: Organisation) -> PeerSupporter:
    user = _user(job.given_name, job.family_name, email)
    MembershipFactory(user=user, role=Role.PEER_SUPPORTER, organisation=cast.organisation)
    supporter = PeerSupporterFactory(
        school=None, organisation=cast.organisation, user=user, employer=employer, gender=job.gender,
        languages=list(job.languages), interests=list(job.interests), presentation=job.presentation,
        supervisor=cast.users.get("handledare"),
    )  # fmt: skip
    for school, percent in job.placements:
        PlacementFactory(
            supporter=supporter, school=cast.schools[school], percent=percent, starts_on=_autumn_start(),
            model=PeerModel.SUPPLEMENTARY if percent < 50 else PeerModel.CONVENTIONAL,
        )  # fmt: skip
    return supporter


def _autumn_start() -> date:
    """Placed since well before the first contact of the year."""
    return today() - timedelta(days=420)


def _share_experience(cast: Cast) -> None:
    karim, leyla = cast.supporters[:2]
    LivedExperienceFactory(
        supporter=karim,
        text="Jag var hemma nästan hela åttan. Det som hjälpte var en vuxen som kom tillbaka ändå.",
        sharing=ExperienceSharing.TEAM,
    )
    LivedExperienceFactory(supporter=leyla, text="Jag berättar hellre själv, när det passar.")
