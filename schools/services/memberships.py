"""Roles: granted, confirmed and ended (TRUST T26)."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from peersupport.lib.dates import today
from schools.models import (
    ROLES_OF_COORDINATORS,
    ROLES_TO_CONFIRM,
    ROLES_WITH_SECOND_FACTOR,
    Membership,
    Organisation,
    Role,
    School,
)
from schools.services.errors import (
    AlreadyHeld,
    ChangedMeanwhile,
    NeedsNewGrant,
    NotTheirsToConfirm,
    NotTheirsToGrant,
    OwnMembership,
    WrongDays,
)


@transaction.atomic
def grant_membership(
    *,
    user: User,
    role: str,
    organisation: Organisation,
    school: School | None = None,
    by: User,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give `user` a role in `organisation`, or at one of its schools, to and including `valid_to`.

    Confirmed at once, unless an administrator grants a role of ROLES_TO_CONFIRM: then it takes effect when
    `confirm_membership` has been called. Raises a MembershipRefused.
    """
    first = valid_from or today()
    refuse_grant(
        user=user,
        role=role,
        organisation=organisation,
        school=school,
        by=by,
        valid_from=first,
        valid_to=valid_to,
    )
    membership = Membership(
        user=user, role=role, organisation=organisation, school=school, valid_from=first, valid_to=valid_to
    )
    membership.granted_by = by
    if not needs_confirmation(role=role, by=by):
        membership.touch_confirmed(by)
    membership.save(force_insert=True)
    keep_second_factor(user)
    return membership


def refuse_grant(
    *,
    user: User,
    role: str,
    organisation: Organisation,
    school: School | None,
    by: User,
    valid_from: date,
    valid_to: date | None,
) -> None:
    """Raises the MembershipRefused that `grant_membership` would; for forms that say so at the field."""
    if user == by:
        raise OwnMembership
    if not may_grant(role=role, organisation_id=organisation.pk, school=school, by=by):
        raise NotTheirsToGrant
    if valid_to is not None and valid_to < valid_from:
        raise WrongDays
    same = Membership.objects.visible_to(by).filter(user=user, role=role, organisation=organisation)
    at_once = same.not_over().filter(school=school)
    if valid_to is not None:
        at_once = at_once.filter(valid_from__lte=valid_to)
    if at_once.exclude(valid_to__lt=valid_from).exists():
        raise AlreadyHeld


def needs_confirmation(*, role: str, by: User) -> bool:
    """Whether a role granted by `by` waits for another: an administrator opens no pupil alone (TRUST T26)."""
    return by.acting.role == Role.ADMIN and role in ROLES_TO_CONFIRM


def may_grant(*, role: str, organisation_id: int, school: School | None, by: User) -> bool:
    """Administrators: any role in their organisation. Coordinators: supporters and staff of their schools."""
    acting = by.acting
    if organisation_id != acting.organisation_id or (school and school.organisation_id != organisation_id):
        return False
    if acting.role == Role.ADMIN:
        return acting.school_id is None
    if acting.role != Role.COORDINATOR or role not in ROLES_OF_COORDINATORS:
        return False
    return acting.school_id is None if school is None else school.pk in acting.schools


@transaction.atomic
def confirm_membership(*, membership: Membership, by: User) -> None:
    """Let a granted role take effect, from the next request. Twice is once. Raises a MembershipRefused."""
    if membership.user_id == by.pk:
        raise OwnMembership
    if membership.confirmed_at is not None:
        return
    if not Membership.objects.confirmable_by(by).filter(pk=membership.pk).exists():
        raise NotTheirsToConfirm
    membership.touch_confirmed(by)
    _update(membership, confirmed_at=membership.confirmed_at, confirmed_by=by)


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """End a role at once: yesterday was its last day. Raises as `set_last_day`."""
    # Taken back on its first day or before it, the period is empty: it ends the day before it begins.
    last_day = max(today(), membership.valid_from) - timedelta(days=1)
    _refuse_change(membership, by=by)
    _set_last_day(membership, last_day)


@transaction.atomic
def set_last_day(*, membership: Membership, by: User, last_day: date | None) -> None:
    """Decide the last day of a role that is not over; None for until further notice.

    Raises a MembershipRefused, and ChangedMeanwhile when somebody else has just changed it.
    """
    refuse_last_day(membership=membership, by=by, last_day=last_day)
    _set_last_day(membership, last_day)


def refuse_last_day(*, membership: Membership, by: User, last_day: date | None) -> None:
    """Raises the MembershipRefused that `set_last_day` would, for forms; `membership` is as it is saved."""
    _refuse_change(membership, by=by)
    if last_day is not None and last_day < membership.valid_from:
        raise WrongDays
    later = membership.valid_to is not None and (last_day is None or last_day > membership.valid_to)
    if later and needs_confirmation(role=membership.role, by=by):
        raise NeedsNewGrant


def _refuse_change(membership: Membership, *, by: User) -> None:
    if membership.user_id == by.pk:
        raise OwnMembership
    if not may_end(membership=membership, by=by):
        raise NotTheirsToGrant
    if membership.is_over:
        raise NeedsNewGrant


def _set_last_day(membership: Membership, last_day: date | None) -> None:
    membership.valid_to = last_day
    _update(membership, valid_to=last_day)
    keep_second_factor(membership.user)


def may_end(*, membership: Membership, by: User) -> bool:
    """Whether `by` may end this membership: those who could have granted it, but never one's own."""
    return membership.user_id != by.pk and may_grant(
        role=membership.role,
        organisation_id=membership.organisation_id,
        school=membership.school,
        by=by,
    )


def _update(membership: Membership, **columns: Any) -> None:
    """Only these columns: the web role has no right to change any other of a membership."""
    same = Membership.objects.filter(pk=membership.pk, version=membership.version)
    if not same.update(**columns, version=F("version") + 1):
        raise ChangedMeanwhile
    membership.version += 1


def keep_second_factor(user: User) -> None:
    """Bring `user.needs_second_factor` up to date with the roles held today or later (TRUST T8)."""
    with connection.cursor() as cursor:
        cursor.execute("select holds_role(%s, %s)", [user.pk, list(ROLES_WITH_SECOND_FACTOR)])
        (needed,) = cursor.fetchone()
    if needed != user.needs_second_factor:
        user.needs_second_factor = needed
        user.save(update_fields=["needs_second_factor"])


def works_elsewhere(user: User) -> bool:
    """Whether `user` holds a role in another organisation too, today or later."""
    with connection.cursor() as cursor:
        cursor.execute("select works_elsewhere(%s)", [user.pk])
        return bool(cursor.fetchone()[0])
