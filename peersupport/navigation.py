"""What frames every page: who is signed in, where one can go. No queries: everything comes with the scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from peersupport.lib.phone import owner_of_drafts
from peersupport.scope import Acting
from schools.codes import words_of
from schools.models import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Place(NamedTuple):
    """A page one can go to from everywhere."""

    label: "StrOrPromise"
    url_name: str
    icon: str


@dataclass(frozen=True, slots=True)
class Item:
    """A place as this page's menu shows it."""

    label: str
    url: str
    icon: str
    is_current: bool
    is_apart: bool = False  # a new group of the menu begins here
    holds_current: bool = False  # the page lies in one of the places behind "More"


OVERVIEW = Place(_("Overview"), "overviews:overview", "columns")
STUDENTS = Place(_("Pupils"), "overviews:student_list", "people-fill")
REFERRALS = Place(_("Referrals"), "students:referral_list", "inbox")
WAITING = Place(_("Waiting list"), "students:waiting_list", "clock")
SUPPORTERS = Place(_("Peer supporters"), "overviews:supporter_list", "person-heart")
PEOPLE = Place(_("People"), "schools:member_list", "person-lines-fill")
INVITATIONS = Place(_("Invitations"), "schools:invitation_list", "envelope")
SCHOOLS = Place(_("Schools"), "overviews:school_list", "mortarboard")
TASKS = Place(_("Tasks"), "overviews:task_list", "check2-square")
FEEDBACK = Place(_("Thanks and questions"), "overviews:feedback_list", "chat-left-heart")
GROUPS = Place(_("Groups"), "visits:group_list", "intersect")
MY_DAY = Place(_("My day"), "overviews:my_day", "sun")
NEW_CONTACT = Place(_("New contact"), "visits:contact_create", "plus-circle")
MY_MONTH = Place(_("My month"), "overviews:my_month", "calendar3")
OWN_PROFILE = Place(_("About me"), "supporters:own_profile", "person-badge")
MY_SCHOOL = Place(_("My school"), "overviews:my_school", "house-door")
NEW_REFERRAL = Place(_("New referral"), "students:referral_create", "plus-circle")
MY_SUPPORTERS = Place(_("My peer supporters"), "overviews:my_supporters", "person-heart")
PROGRAMME = Place(_("The programme"), "overviews:programme", "diagram-3")
ADMINISTRATION = Place(_("Administration"), "overviews:administration", "gear")
ACCESS_LOG = Place(_("Access log"), "overviews:access_log", "eye")
CODE_LISTS = Place(_("Code lists"), "schools:code_lists", "list-ul")
LIBRARY = Place(_("Links"), "schools:library", "link")
HOME_VISITS = Place(_("Home visits today"), "safety:visit_list", "house-heart")
INCIDENTS = Place(_("Incidents"), "safety:incident_list", "exclamation-circle")
CONCERN = Place(_("Worried about a pupil"), "safety:concern", "life-preserver")
MORE = Place(_("More"), "overviews:more", "three-dots")

# The first is the role's start page. On a phone the bar holds the first three and "More".
PLACES: dict[str, tuple[Place, ...]] = {
    Role.COORDINATOR: (
        *(OVERVIEW, STUDENTS, WAITING, REFERRALS, HOME_VISITS, TASKS, FEEDBACK, GROUPS),
        *(SUPPORTERS, SCHOOLS, PEOPLE, LIBRARY, CODE_LISTS, CONCERN, INCIDENTS),
    ),
    Role.PEER_SUPPORTER: (
        *(MY_DAY, STUDENTS, NEW_CONTACT, TASKS, FEEDBACK, GROUPS),
        *(MY_MONTH, LIBRARY, OWN_PROFILE, CONCERN, INCIDENTS),
    ),
    Role.SCHOOL_STAFF: (MY_SCHOOL, REFERRALS, NEW_REFERRAL, SCHOOLS, CONCERN),
    Role.SUPERVISOR: (MY_SUPPORTERS,),
    Role.LEAD: (PROGRAMME, SUPPORTERS, SCHOOLS, CODE_LISTS),
    Role.ADMIN: (ADMINISTRATION, INVITATIONS, CODE_LISTS),
    Role.REVIEWER: (ACCESS_LOG,),
}
# From here on what one looks up, after what one works through.
LOOKED_UP: dict[str, Place] = {Role.COORDINATOR: SUPPORTERS}
ON_PHONE = 3


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `acting` with its labels, the menus, and whether this is the demo."""
    acting: Acting | None = getattr(getattr(request, "user", None), "acting", None)
    if acting is None:
        nobodys: dict[str, Any] = {"navigation": [], "phone_navigation": [], "phone_owner": ""}
        return {
            "acting": None,
            **nobodys,
            "is_demo": settings.IS_DEMO,
            "has_visit_key": has_visit_key(request),
        }
    items = menu(acting.role, request.path)
    return {
        "acting": {
            "role": acting.role,
            "role_label": Role(acting.role).label if acting.role else gettext("No role"),
            "scope_label": scope_label(acting),
            "target_group": words_of(acting).target_group_many,
        },
        "other_memberships_exist": acting.memberships > 1,
        "navigation": items,
        "phone_navigation": phone_menu(items, request.path),
        "phone_owner": owner_of_drafts(request.user),
        "is_demo": settings.IS_DEMO,
        "has_visit_key": has_visit_key(request),
    }


def has_visit_key(request: HttpRequest) -> bool:
    """Whether this phone holds the key of a home visit; what it opens, the database says (docs/adr/0029)."""
    return settings.VISIT_KEY_COOKIE_NAME in request.COOKIES


def scope_label(acting: Acting) -> str:
    """Whose rows the pages show: "Lindsjö kommun, 12 skolor", or the school's name."""
    if acting.school_name:
        return acting.school_name
    if acting.role not in {Role.COORDINATOR, Role.SCHOOL_STAFF, Role.LEAD}:
        return acting.organisation_name
    count = len(acting.schools)
    schools = ngettext("%(count)s school", "%(count)s schools", count) % {"count": count}
    return f"{acting.organisation_name}, {schools}"


def menu(role: str, path: str) -> list[Item]:
    """A role's places, as the page at `path` shows them."""
    places = PLACES.get(role, ())
    apart = LOOKED_UP.get(role)
    return [
        replace(item, is_apart=place is apart)
        for place, item in zip(places, _items(places, path), strict=True)
    ]


def phone_menu(items: Sequence[Item], path: str) -> list[Item]:
    """The first places and "More", which is marked also where one is in a place behind it."""
    (more,) = _items((MORE,), path)
    behind = any(item.is_current for item in items[ON_PHONE:])
    return [*items[:ON_PHONE], replace(more, holds_current=behind)]


def _items(places: Iterable[Place], path: str) -> list[Item]:
    """The places of this page's menu. Of two that the page lies below, the nearer one is where one is."""
    near = {
        place: max((len(at) for at in _below(place) if path.startswith(at)), default=0) for place in places
    }
    nearest = max(near.values(), default=0)
    return [
        Item(str(place.label), reverse(place.url_name), place.icon, is_current=0 < length == nearest)
        for place, length in near.items()
    ]


def _below(place: Place) -> tuple[str, ...]:
    """Where the addresses of the place's pages begin."""
    url = reverse(place.url_name)
    if place is ADMINISTRATION:
        return url, f"/{settings.ADMIN_PATH}"
    if place is CONCERN:
        return url, reverse("safety:number_list")
    # Whoever has no place of their own for invitations comes to them, and to the end of a role, from there.
    return (url, reverse(INVITATIONS.url_name), "/memberships/") if place is PEOPLE else (url,)
