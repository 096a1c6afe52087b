"""The waiting list, and who could support one of those who wait."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from schools.models import Role
from students import services
from students.models import Assignment, AssignmentKind, Case, Referral
from students.views.answers import student_page
from students.views.rows import page_urls, place_label, waiting_row, waiting_since, wishes_of

PAGE_SIZE = 30


@require_safe
@requires(Role.COORDINATOR)
def waiting_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    cases = (
        Case.objects.visible_to(request.user).waiting().select_related("student__school", "student__identity")
    )
    page = keyset_page(cases, request.GET.get("after"), size=PAGE_SIZE, key=("waiting_since", "pk"))
    referrals = _referrals_of(request, page.rows)
    record_reads(
        by=request.user,
        page="students:waiting_list",
        students=[case.student for case in page.rows],
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    url = reverse("students:waiting_list")
    rows = [waiting_row(case, referrals.get(case.referral_id), request.user) for case in page.rows]
    return render(request, "students/waiting_list.html", {"rows": rows, **page_urls(request, page, url)})


def _referrals_of(request: AuthenticatedHttpRequest, cases: list[Case]) -> dict[int, Referral]:
    """By id, not joined: after a change of school the referral may be one that is not to be seen."""
    ids = [case.referral_id for case in cases]
    return {one.pk: one for one in Referral.objects.visible_to(request.user).filter(pk__in=ids)}


@require_safe
def match(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    case = find_open_case(request, public_id)
    referral = _referrals_of(request, [case]).get(case.referral_id)
    mains = Assignment.objects.visible_to(request.user).filter(case=case, kind=AssignmentKind.MAIN).not_over()
    record_reads(
        by=request.user, page="students:match", students=[case.student], request_id=request.request_id
    )
    context = {
        "case": case,
        "student": case.student,
        "student_url": student_page(case.student),
        "place": place_label(case.student, request.user),
        "waited": waiting_since(case),
        "wishes": wishes_of(referral) if referral else "",
        "main": mains.select_related("supporter__user").first(),
        "matches": services.supporters_for(case=case, referral=referral, by=request.user),
    }
    return render(request, "students/match.html", context)


def find_open_case(request: AuthenticatedHttpRequest, public_id: UUID) -> Case:
    """A support period that is not ended, with the pupil; 404 when unseen or ended, 403 if no coordinator."""
    cases = Case.objects.visible_to(request.user).open()
    case = get_object_or_404(
        cases.select_related("school", "student__school", "student__identity"), public_id=public_id
    )
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    return case


def referral_of(request: AuthenticatedHttpRequest, case: Case) -> Referral | None:
    return _referrals_of(request, [case]).get(case.referral_id)
