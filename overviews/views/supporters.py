"""Supporters: the list, and the page of one of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import AccessLogAction, User
from accounts.services import last_used_path, record_opening, record_reads
from overviews.pages_of_lists import paging, result_text
from overviews.place_forms import SupporterFilterForm
from overviews.rows.contact_weeks import supporter_weeks
from overviews.rows.load import HOURS_OF, load_of, minutes_by_kind
from overviews.rows.places import supporter_rows, supporters_with_places
from overviews.rows.words import duration, joined
from peersupport.lib.dates import period_text, short_moment, today
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.numbers import tenths
from peersupport.lib.pages import keyset_page
from schools.codes import OTHER_TIME_KIND, PEER_MODEL, words_of
from schools.models import Role
from students.models import Assignment
from supporters.models import LivedExperience, PeerSupporter, Placement
from visits.models import OtherTime

PAGE_SIZE = 30
A_FEW = 6  # rows in a card


@require_safe
@vary_on_headers("HX-Request")
@requires(Role.COORDINATOR, Role.LEAD)
def supporter_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Supporters by name, with where they are placed, how many pupils they have, and their hours."""
    if last_used := last_used_path(request, "supporters"):
        return redirect(last_used)
    filter_form = SupporterFilterForm(request.GET, user=request.user)
    supporters = filter_form.apply(supporters_with_places(request.user))
    page = keyset_page(supporters, request.GET.get("after"), size=PAGE_SIZE, key=("list_key", "pk"))
    is_coordinator = request.user.acting.role == Role.COORDINATOR
    context = {
        "rows": supporter_rows(page.rows),
        "filter_form": filter_form,
        "is_filtered": bool(filter_form.chosen),
        "result_text": result_text(page, _count_text),
        "is_coordinator": is_coordinator,
        "can_create": is_coordinator and request.user.acting.school_id is None,
        **paging(request, page),
    }
    template = "_supporter_list.html" if "HX-Request" in request.headers else "supporter_list.html"
    return render(request, f"overviews/{template}", context)


def _count_text(count: int) -> str:
    return ngettext("%(count)s peer supporter", "%(count)s peer supporters", count) % {"count": count}


@require_safe
def supporter_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One supporter: profile, placements and load; for coordinators also the pupils of today."""
    visible: Any = PeerSupporter.objects.visible_to(request.user)
    supporters = visible.select_related("user", "supervisor", "employer", "organisation")
    supporters = supporters.with_capacity().with_open_assignments()
    is_coordinator = request.user.acting.role == Role.COORDINATOR
    supporter = get_object_or_404(supporters, public_id=public_id)
    record_opening(
        by=request.user,
        of=supporter.user,
        page="overviews:supporter_detail",
        request_id=request.request_id,
    )
    context = {
        "supporter": supporter,
        "is_coordinator": is_coordinator,
        "is_own": supporter.user_id == request.user.pk,
        "load": load_of(supporter, minutes_by_kind([supporter]).get(supporter.pk, {})),
        "chart": supporter_weeks(supporter.pk),
        "placements": _placements(request.user, supporter),
        "experience": _shared_words(request.user, supporter),
        "pupils": _pupils(request, supporter) if is_coordinator else [],
        "other_time": _other_time(request.user, supporter) if is_coordinator else [],
        "has_list": request.user.acting.role in {Role.COORDINATOR, Role.LEAD},
    }
    return render(request, "overviews/supporter_detail.html", context)


def _placements(user: User, supporter: PeerSupporter) -> list[dict[str, Any]]:
    """Those of today and to come first, then history; the latest first."""
    placements = Placement.objects.visible_to(user).filter(supporter=supporter).select_related("school")
    rows = [
        {
            "school": placement.school.name,
            "percent": placement.percent,
            "model": words_of(user.acting).label(PEER_MODEL, placement.model),
            "period": period_text(placement.starts_on, placement.ends_on),
            "is_over": placement.ends_on is not None and placement.ends_on < today(),
            "end_url": reverse("supporters:placement_end", args=[placement.public_id])
            if user.acting.role == Role.COORDINATOR and placement.school_id in user.acting.schools
            else "",
        }
        for placement in placements
    ]
    return sorted(rows, key=lambda row: row["is_over"])


def _shared_words(user: User, supporter: PeerSupporter) -> str:
    """The supporter's own words, when they are shared with this reader (TRUST T27)."""
    words = LivedExperience.objects.visible_to(user).filter(supporter=supporter)
    return words.values_list("text", flat=True).first() or ""


def _other_time(user: User, supporter: PeerSupporter) -> list[dict[str, str]]:
    """The latest of the thirty days that the hours are of; for the supporter's coordinators alone."""
    since = timezone.now() - HOURS_OF
    rows = OtherTime.objects.visible_to(user).filter(supporter=supporter, starts_at__gte=since).latest_first()
    return [
        {
            "kind": capfirst(OTHER_TIME_KIND.label(row.kind)),
            "text": joined(
                short_moment(row.starts_at),
                duration(row.minutes),
                _("%(number)s km") % {"number": tenths(row.travel_km)} if row.travel_km else "",
            ),
            "note": row.note,
        }
        for row in rows[:A_FEW]
    ]


def _pupils(request: AuthenticatedHttpRequest, supporter: PeerSupporter) -> list[dict[str, str]]:
    """The pupils assigned today, by name or alias; written to the access log."""
    held = Assignment.objects.visible_to(request.user).holding_today().filter(supporter=supporter)
    assignments = list(held.select_related("student__identity", "student__school__organisation"))
    record_reads(
        by=request.user,
        page="overviews:supporter_detail",
        students=[assignment.student for assignment in assignments],
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    rows = [
        {
            "name": assignment.student.name,
            "url": reverse("overviews:student_detail", args=[assignment.student.public_id]),
            "where": assignment.student.place_label,
            "kind": "" if assignment.kind == "main" else assignment.get_kind_display(),
            "is_protected": assignment.student.is_protected,
        }
        for assignment in assignments
    ]
    return sorted(rows, key=lambda row: (row["is_protected"], row["name"]))
