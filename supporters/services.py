"""What supporters does: profiles, placements, and what supporters choose to tell about themselves."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from peersupport.lib.relations import related_rows
from schools.models import Membership, Organisation, Role, School
from supporters.models import ExperienceSharing, LivedExperience, PeerSupporter, Placement

FULL_TIME = 100
# What the coordinator keeps, and what is the supporter's own to write.
PROFILE = ("gender", "languages", "interests", "presentation", "supervisor", "employer", "is_accepting")
OWN_PROFILE = ("gender", "languages", "interests", "presentation")


class NotAPeerSupporter(Exception):
    """The person holds no role as peer supporter in the organisation, or has a profile there already."""


class OverFullTime(Exception):
    """More than full time at once: `total` percent, on `day`."""

    def __init__(self, total: int, day: date) -> None:
        super().__init__(f"{total} percent on {day}")
        self.total, self.day = total, day


class AlreadyPlaced(Exception):
    """The supporter has a placement at this school in that period."""


class WrongDays(Exception):
    """The last day lies before the first."""


class ChangedMeanwhile(Exception):
    """Somebody else has saved the same record since it was read."""


def users_without_profile(*, by: User) -> Any:
    """Users with a role as peer supporter where one acts, today or later, but no profile there."""
    organisation = by.acting.organisation_id
    held = Membership.objects.visible_to(by).not_over()
    held = held.filter(organisation=organisation, role=Role.PEER_SUPPORTER, confirmed_at__isnull=False)
    with_profile = PeerSupporter.objects.visible_to(by).filter(organisation=organisation).values("user")
    return (
        User.objects.visible_to(by)
        .filter(pk__in=held.values("user"), is_active=True)
        .exclude(pk__in=with_profile)
        .order_by("family_name", "given_name", "pk")
    )


def supervisors(*, by: User) -> Any:
    """Users with a role as supervisor, today or later, in the organisation acted in."""
    held = (
        Membership.objects.visible_to(by)
        .not_over()
        .filter(organisation=by.acting.organisation_id, role=Role.SUPERVISOR)
    )
    return (
        User.objects.visible_to(by)
        .filter(pk__in=held.values("user"), is_active=True)
        .order_by("family_name", "given_name", "pk")
    )


@transaction.atomic
def create_supporter(*, supporter: PeerSupporter, by: User) -> PeerSupporter:
    """Save a new profile in the organisation acted in. Raises NotAPeerSupporter."""
    if not users_without_profile(by=by).filter(pk=supporter.user_id).exists():
        raise NotAPeerSupporter
    supporter.organisation = Organisation.objects.visible_to(by).get()
    supporter.save(force_insert=True)
    return supporter


def change_supporter(*, supporter: PeerSupporter, by: User, fields: tuple[str, ...] = PROFILE) -> None:
    """Save these fields of a profile. Raises ChangedMeanwhile when it is not the version read."""
    columns = {name: getattr(supporter, name) for name in fields}
    same = PeerSupporter.objects.visible_to(by).filter(pk=supporter.pk, version=supporter.version)
    if not same.update(**columns, version=F("version") + 1):
        raise ChangedMeanwhile
    supporter.version += 1


@transaction.atomic
def place(*, placement: Placement, by: User) -> Placement:
    """Save a new placement.

    Raises WrongDays, AlreadyPlaced, or OverFullTime when the placements of one day sum up to more than that.
    """
    supporter = PeerSupporter.objects.visible_to(by).select_for_update().get(pk=placement.supporter_id)
    if placement.ends_on is not None and placement.ends_on < placement.starts_on:
        raise WrongDays
    at_once = list(_overlapping(placement, supporter, by=by))
    if any(other.school_id == placement.school_id for other in at_once):
        raise AlreadyPlaced
    total, day = _peak([*at_once, placement], placement.starts_on)
    if total > FULL_TIME:
        raise OverFullTime(total, day)
    placement.save(force_insert=True)
    return placement


def _overlapping(placement: Placement, supporter: PeerSupporter, *, by: User) -> Any:
    others = Placement.objects.visible_to(by).filter(supporter=supporter)
    others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=placement.starts_on))
    if placement.ends_on is not None:
        others = others.filter(starts_on__lte=placement.ends_on)
    return others.order_by("starts_on")


def _peak(placements: list[Placement], first: date) -> tuple[int, date]:
    """The highest sum of percent on one day from `first` on, and the first such day.

    A sum rises only on a day when some placement begins, so only those are looked at.
    """
    days = sorted({max(placement.starts_on, first) for placement in placements})
    sums = [(sum(one.percent for one in placements if _holds(one, day)), day) for day in days]
    return max(sums, key=lambda found: (found[0], -found[1].toordinal()))


def _holds(placement: Placement, day: date) -> bool:
    return placement.starts_on <= day and (placement.ends_on is None or placement.ends_on >= day)


def end_placement(*, placement: Placement, by: User, last_day: date) -> None:
    """Decide the last day of a placement. Raises WrongDays, and ChangedMeanwhile for an older version."""
    if last_day < placement.starts_on:
        raise WrongDays
    same = Placement.objects.visible_to(by).filter(pk=placement.pk, version=placement.version)
    if not same.update(ends_on=last_day, version=F("version") + 1):
        raise ChangedMeanwhile


def placeable_schools(*, by: User) -> Any:
    """Schools where the acting coordinator may place someone."""
    return School.objects.visible_to(by).open().by_name()


def open_assignments_at(*, placement: Placement, by: User) -> int:
    """How many pupils of the placement's school have this supporter today or later; it hinders nothing."""
    rows: Any = related_rows(PeerSupporter, "assignments")
    visible = rows.visible_to(by).not_over()
    count: int = visible.filter(supporter=placement.supporter_id, school=placement.school_id).count()
    return count


@transaction.atomic
def write_lived_experience(*, supporter: PeerSupporter, text: str, sharing: str, by: User) -> None:
    """Keep the supporter's own words, and who sees them; only they write them. Empty words are deleted."""
    if supporter.user_id != by.pk:
        raise PermissionError
    if not text.strip():
        delete_lived_experience(supporter=supporter, by=by)
        return
    own = LivedExperience.objects.visible_to(by).filter(supporter=supporter)
    if not own.update(text=text, sharing=sharing, version=F("version") + 1):
        LivedExperience.objects.create(supporter=supporter, text=text, sharing=sharing)


def delete_lived_experience(*, supporter: PeerSupporter, by: User) -> None:
    """Delete the words at once, without a trace; only one's own."""
    LivedExperience.objects.visible_to(by).filter(supporter=supporter, supporter__user=by).delete()


def shared_with(user: User) -> Any:
    """What fellow supporters share with the team `user` belongs to, with whose it is; not one's own."""
    shared = LivedExperience.objects.visible_to(user).filter(sharing=ExperienceSharing.TEAM)
    return shared.exclude(supporter__user=user).select_related("supporter__user").order_by("pk")
