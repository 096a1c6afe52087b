"""Schools: the list, and the page of one of them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import AccessLogAction, User
from accounts.services import last_used_path, record_reads
from overviews.pages_of_lists import paging, result_text
from overviews.place_forms import SchoolFilterForm
from overviews.rows.contact_weeks import school_weeks
from overviews.rows.heads import heads_at
from overviews.rows.places import school_rows, schools_with_figures
from overviews.rows.school import OfSchool, of_school, with_page_figures
from peersupport.lib.dates import period_text
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from schools.models import Role, School, SchoolContact
from supporters.models import Placement

PAGE_SIZE = 50
SEE_SCHOOLS = (Role.COORDINATOR, Role.LEAD, Role.SCHOOL_STAFF)


@require_safe
@vary_on_headers("HX-Request")
@requires(*SEE_SCHOOLS)
def school_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Schools by name; for coordinators with their number of open support periods."""
    if last_used := last_used_path(request, "schools"):
        return redirect(last_used)
    filter_form = SchoolFilterForm(request.GET)
    schools = filter_form.apply(schools_with_figures(request.user))
    page = keyset_page(schools, request.GET.get("after"), size=PAGE_SIZE, key=("list_key", "pk"))
    context = {
        "rows": school_rows(page.rows),
        "filter_form": filter_form,
        "is_filtered": bool(filter_form.chosen),
        "result_text": result_text(page, _count_text),
        "is_coordinator": request.user.acting.role == Role.COORDINATOR,
        **paging(request, page),
    }
    template = "_school_list.html" if "HX-Request" in request.headers else "school_list.html"
    return render(request, f"overviews/{template}", context)


def _count_text(count: int) -> str:
    return ngettext("%(count)s school", "%(count)s schools", count) % {"count": count}


@require_safe
def school_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Facts, whom to ring, who is placed here, contacts by week; for coordinators the pupils and referrals.

    School staff see their own school's referrals and people; leads no pupil.
    """
    user = request.user
    schools = with_page_figures(School.objects.visible_to(user).select_related("organisation"), user)
    school = get_object_or_404(schools, public_id=public_id)
    if user.acting.role not in SEE_SCHOOLS:
        raise PermissionDenied
    of_pupils, is_staff = of_school(school, user), user.acting.role == Role.SCHOOL_STAFF
    if user.acting.role != Role.LEAD:
        _record(request, of_pupils)
    context = {
        "school": school,
        "forms": ", ".join(str(label) for label in school.form_labels),
        "contacts": SchoolContact.objects.visible_to(user)
        .filter(school=school)
        .order_by("function", "name", "pk"),
        "placed": [] if is_staff else _placed(user, school),
        "of_pupils": of_pupils,
        "heads": heads_at(school, user),
        "chart": None if is_staff else school_weeks(school.pk),
        "is_coordinator": user.acting.role == Role.COORDINATOR,
        "is_staff": is_staff,
    }
    return render(request, "overviews/school_detail.html", context)


def _record(request: AuthenticatedHttpRequest, of_pupils: OfSchool) -> None:
    record_reads(
        by=request.user,
        page="overviews:school_detail",
        students=list({student.pk: student for student in of_pupils.students}.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )


def _placed(user: User, school: School) -> list[dict[str, Any]]:
    """Supporters with a placement here today."""
    placements = (
        Placement.objects.visible_to(user)
        .holding_today()
        .filter(school=school)
        .select_related("supporter__user")
        .order_by("supporter__user__family_name", "supporter__user__given_name", "pk")
    )
    return [
        {
            "name": placement.supporter.user.name,
            "url": reverse("overviews:supporter_detail", args=[placement.supporter.public_id]),
            "percent": placement.percent,
            "period": period_text(placement.starts_on, placement.ends_on),
            "is_accepting": placement.supporter.is_accepting,
        }
        for placement in placements
    ]
