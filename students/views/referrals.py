"""Referrals: sent by schools and coordinators, answered by coordinators."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import AccessLogAction, User
from accounts.services import last_used_path, record_reads
from operations.services import SameKeyOtherForm
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from peersupport.lib.pages import keyset_page
from schools.models import Role
from students import services
from students.forms import ReferralFilterForm, ReferralForm
from students.models import Referral, ReferralStatusChange
from students.views.answers import save_once, sent_already
from students.views.duplicates import alike_rows
from students.views.rows import ReferralRow, name_of, page_urls, place_label, place_of, referral_row

PAGE_SIZE = 30


class _AskFirst(Exception):
    """There may be duplicates; nothing is saved before the sender has seen them."""

    def __init__(self, found: services.Duplicates) -> None:
        self.found = found


@require_safe
@requires(Role.COORDINATOR, Role.SCHOOL_STAFF)
@vary_on_headers("HX-Request")
def referral_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    if last_used := last_used_path(request, "referrals"):
        return redirect(last_used)
    form = ReferralFilterForm(request.GET, user=request.user)
    referrals = form.apply(Referral.objects.visible_to(request.user).newest_first().select_related("student"))
    page = keyset_page(referrals, request.GET.get("after"), size=PAGE_SIZE, key=("-created_at", "-pk"))
    filters = " ".join(name for name in form.fields if request.GET.get(name))
    _record_list(request, page.rows, filters)
    url = reverse("students:referral_list")
    context = {
        "rows": _rows(page.rows, request.user),
        "filter_form": form,
        "is_filtered": bool(filters),
        **page_urls(request, page, url),
    }
    is_htmx = "HX-Request" in request.headers
    return render(
        request, "students/_referral_list.html" if is_htmx else "students/referral_list.html", context
    )


def _rows(referrals: list[Referral], user: User) -> list[ReferralRow]:
    known = services.may_exist_already(referrals=referrals, by=user)
    return [referral_row(referral, user, may_exist=referral.pk in known) for referral in referrals]


def _record_list(request: AuthenticatedHttpRequest, referrals: list[Referral], filters: str) -> None:
    record_reads(
        by=request.user,
        page="students:referral_list",
        students=[referral.student for referral in referrals if referral.student is not None],
        action=AccessLogAction.LIST,
        filter_name=filters,
        request_id=request.request_id,
    )


@require_safe_or_post
@requires(Role.COORDINATOR, Role.SCHOOL_STAFF)
def referral_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    start = {"school": request.GET.get("school")}  # from a school's page
    form = ReferralForm(request.POST or None, user=request.user, initial=start)
    is_back = "back" in request.POST  # from the page of likely duplicates, to change something
    if request.method == "POST" and not is_back and form.is_valid():
        try:
            path = save_once(request, form.cleaned_data["form_key"], lambda: _send(request, form))
        except _AskFirst as ask:
            return _show_duplicates(request, ask.found)
        except SameKeyOtherForm:
            return sent_already(request, reverse("students:referral_list"))
        messages.success(request, _("The referral is sent. Here you can follow what happens."))
        return redirect(path)
    return render(request, "students/referral_create.html", {"form": form})


def _send(request: AuthenticatedHttpRequest, form: ReferralForm) -> str:
    referral = form.save(commit=False)
    if "confirmed" not in request.POST:
        found = services.likely_duplicates(referral=referral, by=request.user)
        if found:
            raise _AskFirst(found)
    services.send_referral(referral=referral, by=request.user)
    return reverse("students:referral_detail", args=[referral.public_id])


def _show_duplicates(request: AuthenticatedHttpRequest, found: services.Duplicates) -> HttpResponse:
    shown = [*found.students, *(one.student for one in found.referrals if one.student)]
    record_reads(
        by=request.user,
        page="students:referral_create",
        students=shown,
        action=AccessLogAction.SEARCH,
        request_id=request.request_id,
    )
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "students": [
            {
                "url": reverse("overviews:student_detail", args=[student.public_id]),
                "name": student.name,
                "place": place_label(student, request.user),
            }
            for student in found.students
        ],
        "referrals": [referral_row(one, request.user) for one in found.referrals],
        "typed": [pair for pair in typed if pair[0] != "csrfmiddlewaretoken"],
    }
    return render(request, "students/referral_duplicates.html", context)


@require_safe
def referral_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    referral = find_referral(request, public_id)
    record_reads(
        by=request.user,
        page="students:referral_detail",
        students=[referral.student] if referral.student else [],
        request_id=request.request_id,
    )
    is_staff = request.user.acting.role == Role.SCHOOL_STAFF
    changes = ReferralStatusChange.objects.visible_to(request.user).filter(referral=referral)
    is_coordinator = request.user.acting.role == Role.COORDINATOR
    context = {
        "referral": referral,
        "name": name_of(referral),
        "place": place_of(referral, request.user),
        "row": referral_row(referral, request.user),
        "changes": changes.select_related("by"),
        "can_decide": is_coordinator and referral.is_open,
        "can_withdraw": is_staff and referral.is_open,
        "alike": alike_rows(request, referral) if is_coordinator else [],
        "student_url": student_url(referral) if is_coordinator else "",
        "concern_student": referral.student if is_staff else None,
        "list_url": reverse("students:referral_list"),
    }
    return render(request, "students/referral_detail.html", context)


def student_url(referral: Referral) -> str:
    """The pupil's page; empty before there is a pupil."""
    if referral.student is None:
        return ""
    return reverse("overviews:student_detail", args=[referral.student.public_id])


def find_referral(request: AuthenticatedHttpRequest, public_id: UUID) -> Referral:
    """The referral with what its pages show; 404 when it is not this reader's."""
    referrals = Referral.objects.visible_to(request.user).select_related("school", "referred_by", "student")
    return get_object_or_404(referrals, public_id=public_id)


def find_to_decide(request: AuthenticatedHttpRequest, public_id: UUID) -> Referral:
    """As `find_referral`, and 403 for whoever does not decide."""
    referral = find_referral(request, public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    return referral
