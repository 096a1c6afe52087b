"""What nobody sees, and which roles see no pupil at all. Each line has a test of its own."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from overviews.seen import pupils
from schools.models import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OF_EVERYBODY: tuple["StrOrPromise", ...] = (
    _("Your password. Not even the administrator: what is kept cannot be turned back into it."),
    _("Where you are. The service never asks for your position, and has no place to keep it."),
    _("What you write when you search for someone. It is never saved."),
)
OF_SUPPORTERS: tuple["StrOrPromise", ...] = (
    _("Your list for supervision. Neither the supervisor nor the coordinator can open it."),
    _("Your own experience, as long as you have not shared it yourself. Then only you see it."),
)


def of_staff(role: str) -> tuple["StrOrPromise", ...]:
    """What nobody sees of someone who acts in `role`."""
    return (*OF_EVERYBODY, *(OF_SUPPORTERS if role == Role.PEER_SUPPORTER else ()))


def roles_without_pupils() -> tuple[str, ...]:
    """The roles that no rule lets read anything of a pupil."""
    readers = {reader.role for kind in pupils.KINDS for reader in kind.readers}
    return tuple(role for role in Role if role not in readers)
