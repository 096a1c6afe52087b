"""What accounts does: writes the log of reads, ends sessions, remembers filters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Field
from django.http import HttpRequest

from accounts.models import AccessLog, AccessLogAction, ListFilter, Session, User
from peersupport.lib.relations import related_rows
from peersupport.scope import scope


class OfStudent(Protocol):
    """What the log needs to know of a pupil on a page."""

    pk: int
    school_id: int


def record_reads(
    *,
    by: User,
    page: str,
    students: Sequence[OfStudent],
    action: AccessLogAction = AccessLogAction.READ,
    filter_name: str = "",
    reason: str = "",
    request_id: str = "",
) -> None:
    """Write one log row for the pupils shown on `page`: ids only.

    In the page's transaction: no log, no page.
    """
    acting = by.acting
    AccessLog.objects.bulk_create(
        [
            AccessLog(
                user_id=by.pk,
                membership_id=acting.membership_id,
                organisation_id=acting.organisation_id,
                role=acting.role,
                action=action,
                page=page,
                student_ids=[student.pk for student in students],
                school_ids=_distinct(student.school_id for student in students),
                count=len(students),
                filter_name=filter_name,
                reason=reason,
                request_id=request_id,
            )
        ]
    )


def record_opening(*, by: User, of: User, page: str, request_id: str = "") -> None:
    """Write one log row when `by` opens a `page` about `of`, for `of` to read; none when it is one's own.

    In the page's transaction: no log, no page.
    """
    if of.pk == by.pk:
        return
    acting = by.acting
    row = AccessLog(
        user_id=by.pk,
        membership_id=acting.membership_id,
        organisation_id=acting.organisation_id,
        role=acting.role,
        action=AccessLogAction.READ,
        page=page,
        about_user_id=of.pk,
        request_id=request_id,
    )
    AccessLog.objects.bulk_create([row])


def _distinct(ids: Iterable[int]) -> list[int]:
    return sorted(set(ids))


def record_refusal(*, by: User, request: HttpRequest, page: str, status: int) -> None:
    """Write a denied or failed read in its own short transaction.

    Never raises: the answer is already made.
    """
    membership = getattr(getattr(by, "acting", None), "membership_id", None)
    try:
        with transaction.atomic(), scope(by, membership=membership):
            AccessLog.objects.bulk_create(
                [
                    AccessLog(
                        user_id=by.pk,
                        membership_id=by.acting.membership_id,
                        organisation_id=by.acting.organisation_id,
                        role=by.acting.role,
                        action=AccessLogAction.DENIED,
                        page=page,
                        reason=str(status),
                        request_id=getattr(request, "request_id", ""),
                    )
                ]
            )
    except DatabaseError:
        # The database is away or read-only; the web server's own log has the refusal by its status.
        return


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A membership that holds today, as its user may choose it; `valid_to` None until further notice."""

    public_id: UUID
    role: str
    organisation: str
    school: str | None  # None: the whole organisation
    valid_to: date | None
    is_acting: bool

    @property
    def label(self) -> str:
        choices = related_rows(User, "memberships").model._meta.get_field("role").flatchoices
        return str(dict(choices)[self.role])

    @property
    def scope_name(self) -> str:
        return self.school or self.organisation


def roles_held() -> list[RoleHeld]:
    """The roles that whoever is in scope could act in today, in every organisation."""
    with connection.cursor() as cursor:
        cursor.execute("select * from my_roles()")
        return [RoleHeld(*row) for row in cursor.fetchall()]


def choose_language(*, by: User, language: str) -> None:
    """Show `by` the pages in `language`, and write to them in it, from now on."""
    by.language = language
    by.save(update_fields=["language"])


@dataclass(frozen=True, slots=True)
class MailChoice:
    """One kind of mail that a person may do without."""

    field: str  # of the user
    label: str
    is_wanted: bool


# Which roles have something to be told of.
MAIL_OF_ROLES: dict[str, frozenset[str]] = {
    "wants_digest": frozenset({"coordinator"}),
    "wants_reminder_day_before": frozenset({"coordinator", "peer_supporter"}),
    "wants_reminder_hour_before": frozenset({"coordinator", "peer_supporter"}),
}


def mail_choices(user: User, roles: Iterable[RoleHeld]) -> list[MailChoice]:
    """What mail `user` can choose, by the `roles` held today in any organisation."""
    held = {role.role for role in roles}
    return [
        MailChoice(name, str(cast(Field, User._meta.get_field(name)).verbose_name), getattr(user, name))
        for name, of in MAIL_OF_ROLES.items()
        if of & held
    ]


def choose_mail(*, by: User, choices: Mapping[str, bool]) -> None:
    """Send `by` only the mail they want from now on; `choices` by the names of the fields (MAIL_CHOICES)."""
    for name, wanted in choices.items():
        setattr(by, name, wanted)
    by.save(update_fields=list(choices))


def end_sessions(*, of: User, keep: str | None = None) -> int:
    """Sign `of` out everywhere, but for the session with the key `keep`; returns how many ended."""
    ended, _ = Session.objects.filter(user=of).exclude(session_key=keep or "").delete()
    return ended


def remember_filter(*, by: User, list_name: str, query: str) -> None:
    """Keep the filters that `by` uses on a list, in the role acted in; an empty query forgets them.

    `query` as it stands in the address; the caller leaves out every word that was typed.
    """
    rows = ListFilter.objects.visible_to(by)
    if by.acting.membership_id is None:  # no role, no list
        return
    if not query:
        rows.filter(list_name=list_name).delete()
        return
    membership = by.acting.membership_id
    assert membership is not None  # who has no role has no list
    row = ListFilter(user=by, membership_id=membership, list_name=list_name, query=query)
    ListFilter.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "membership_id", "list_name"],
        update_fields=["query", "used_at"],
    )


def last_used_path(request: HttpRequest, list_name: str) -> str:
    """Where a list opens that was asked for without a word in the address; empty: as it is."""
    user = request.user
    if request.GET or not isinstance(user, User):
        return ""
    rows = ListFilter.objects.visible_to(user).filter(list_name=list_name)
    query = rows.values_list("query", flat=True).first()
    return f"{request.path}?{query}" if query else ""
