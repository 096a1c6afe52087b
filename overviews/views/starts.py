"""Where each role starts. The coordinator, the supporter and the school have pages of their own."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overviews.pages_of_lists import paging
from overviews.rows.places import supporter_rows, supporters_with_places
from overviews.rows.programme import (
    few,
    programme_figures,
    schools_without_supporter,
    supporters_without_place,
)
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from schools.models import Membership, Role

STARTS: dict[str, str] = {
    Role.COORDINATOR: "overviews:overview",
    Role.PEER_SUPPORTER: "overviews:my_day",
    Role.SCHOOL_STAFF: "overviews:my_school",
    Role.SUPERVISOR: "overviews:my_supporters",
    Role.LEAD: "overviews:programme",
    Role.ADMIN: "overviews:administration",
    Role.REVIEWER: "overviews:access_log",
}
PAGE_SIZE = 30


@require_safe
def start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """To the start page of the role acted in; without a role, a page that says what to do."""
    name = STARTS.get(request.user.acting.role)
    return redirect(name) if name else render(request, "overviews/no_role.html")


@require_safe
@requires(Role.SUPERVISOR)
def my_supporters(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The supporters one supervises, and where they work. No pupil, no figure about pupils."""
    supporters = supporters_with_places(request.user)
    page = keyset_page(supporters, request.GET.get("after"), size=PAGE_SIZE, key=("list_key", "pk"))
    context = {"rows": supporter_rows(page.rows), **paging(request, page)}
    return render(request, "overviews/my_supporters.html", context)


@require_safe
@requires(Role.LEAD)
def programme(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Schools and supporters of the organisation, and roles to confirm. No pupils."""
    user = request.user
    unplaced, schools = supporters_without_place(user), schools_without_supporter(user)
    figures = programme_figures(user)
    context = {
        "figures": figures,
        "full_time": (figures.percent_placed or 0) / 100,
        "unplaced": few(unplaced),
        "schools": few(schools),
        "memberships": Membership.objects.confirmable_by(user),
    }
    return render(request, "overviews/programme.html", context)


@require_safe
@requires(Role.ADMIN)
def administration(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The ways into Django admin, and which of the roles granted still wait for somebody's confirmation."""
    waiting = Membership.objects.visible_to(request.user).awaiting_confirmation()
    context = {
        "places": _administered(),
        "waiting": waiting.exclude(user=request.user).with_people().order_by("created_at", "pk"),
    }
    return render(request, "overviews/administration.html", context)


def _administered() -> list[dict[str, str]]:
    return [
        {
            "label": _("Users"),
            "text": _("Add a person with a first role, correct a name, stop someone from signing in."),
            "url": reverse("admin:accounts_user_changelist"),
        },
        {
            "label": _("Roles"),
            "text": _("Who does what where, and from when to when. Nobody changes their own."),
            "url": reverse("admin:schools_membership_changelist"),
        },
        {
            "label": _("Schools"),
            "text": _("Names, forms and grades of the schools."),
            "url": reverse("admin:schools_school_changelist"),
        },
        {
            "label": _("School contacts"),
            "text": _("Whom to ring at a school, by function."),
            "url": reverse("admin:schools_schoolcontact_changelist"),
        },
        {
            "label": _("Own values in code lists"),
            "text": _("Kinds of contact, ways to meet and purposes that only you have."),
            "url": reverse("admin:schools_localcode_changelist"),
        },
        {
            "label": _("The organisation"),
            "text": _("Rules of the programme, your own words, and which values your forms leave out."),
            "url": reverse("admin:schools_organisation_changelist"),
        },
        {
            "label": _("Operations"),
            "text": _("Whether mail leaves and the nightly jobs are run."),
            "url": reverse("operations:status"),
        },
    ]


@require_safe
def more(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The places that do not fit in the phone's bar, and one's own account."""
    return render(request, "overviews/more.html")
