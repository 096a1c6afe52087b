"""Who has opened protected names: for those who answer for the pupils."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AccessLog, AccessLogAction
from accounts.services import record_reads
from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from peersupport.lib.pages import keyset_page
from schools.models import Role
from students.forms import NAME_REASONS
from students.models import Student
from students.views.answers import student_page
from students.views.rows import page_urls

PAGE_SIZE = 30
KEY, KEY_ID = ("-at", "-id"), "id"


@require_safe
@requires(Role.COORDINATOR)
def opening_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Each opening at the coordinator's schools, the latest first."""
    user = request.user
    openings = AccessLog.objects.visible_to(user).openings().with_people()
    page = keyset_page(openings, request.GET.get("after"), size=PAGE_SIZE, key=KEY, token_field=KEY_ID)
    ids = {pk for opening in page.rows for pk in opening.student_ids}
    students = {s.pk: s for s in Student.objects.visible_to(user).filter(pk__in=ids).with_names()}
    record_reads(
        by=user,
        page="students:opening_list",
        students=list(students.values()),
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    rows = [_row(opening, students) for opening in page.rows]
    urls = page_urls(request, page, reverse("students:opening_list"))
    return render(request, "students/opening_list.html", {"rows": rows, **urls})


def _row(opening: Any, students: dict[int, Student]) -> dict[str, str]:
    student = next((students[pk] for pk in opening.student_ids if pk in students), None)
    code, _colon, words = opening.reason.partition(": ")
    return {
        "at": short_moment(opening.at),
        "person": opening.person or f"#{opening.user_id}",  # the user is gone; the number is what is left
        "role": str(dict(Role.choices).get(opening.role, "")),
        "student": student.name if student else "",
        "url": student_page(student) if student else "",
        "reason": words or str(dict(NAME_REASONS).get(code, code)),
    }
