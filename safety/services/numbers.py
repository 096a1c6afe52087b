"""Keeping the numbers to ring: coordinators of the whole organisation."""

from dataclasses import asdict, dataclass

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from safety.models import OrganisationNumber
from schools.models import Organisation, Role
from schools.services import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What is told of a number. `phone` as `PHONE_PATTERN` has it, `url` as `public_address` gives it."""

    step: str
    name: str
    phone: str
    hours: str = ""
    url: str = ""


def keeps_numbers(user: User) -> bool:
    """Whether `user` keeps them: they hold for the whole organisation, and so does the role."""
    return user.acting.role == Role.COORDINATOR and user.acting.school_id is None


def add_number(*, by: User, words: NumberWords) -> OrganisationNumber:
    """A new number."""
    number = OrganisationNumber(organisation=Organisation.objects.visible_to(by).get(), **asdict(words))
    number.save(force_insert=True)
    return number


def edit_number(*, number: OrganisationNumber, by: User, version: int, words: NumberWords) -> None:
    """Change it, if it is still at `version`. Raises ChangedMeanwhile."""
    same = OrganisationNumber.objects.visible_to(by).filter(pk=number.pk, version=version)
    if not same.update(**asdict(words), version=F("version") + 1):
        raise ChangedMeanwhile


def withdraw_number(*, number: OrganisationNumber, by: User) -> None:
    """It is rung no more; twice is the same as once."""
    standing = OrganisationNumber.objects.visible_to(by).filter(pk=number.pk)
    standing.update(withdrawn_at=timezone.now(), version=F("version") + 1)
