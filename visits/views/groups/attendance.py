"""Who came to a date of a group: one tap for each pupil, and a list to print and take along."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction
from accounts.services import record_reads
from peersupport.lib.dates import clock, day_of, short_moment
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from visits import services
from visits.forms import AttendanceForm
from visits.models import GroupDate, GroupDateStatus
from visits.services import Attendance
from visits.views.groups.dates import find_date, no_longer
from visits.views.groups.series import group_page


@require_safe_or_post
def group_attendance(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    group_date = find_date(request, public_id, leads=False)
    if group_date.status != GroupDateStatus.PLANNED:
        return no_longer(request, group_date)
    written = services.attendance_of(group_date=group_date, by=request.user)
    if request.method == "POST":
        form = _form(written, request.POST)
        if form.is_valid():
            return _save(request, group_date, written, form)
        return _show(request, group_date, written, form, status=200)
    return _show(request, group_date, written, _form(written), status=200)


def _form(written: Attendance, data: object = None) -> AttendanceForm:
    outcomes = {pk: part.outcome for pk, part in written.parts.items()}
    version = written.contact.version if written.contact else 0
    return AttendanceForm(data, members=written.to_note(), outcomes=outcomes, version=version)


def _save(
    request: AuthenticatedHttpRequest, group_date: GroupDate, written: Attendance, form: AttendanceForm
) -> HttpResponse:
    outcomes, version = form.outcomes(), form.cleaned_data["version"] or 0
    if outcomes and outcomes == _written_outcomes(written):  # sent twice: it is saved as it says
        return _saved(request, group_date)
    try:
        services.note_attendance(group_date=group_date, by=request.user, version=version, outcomes=outcomes)
    except services.NoLongerPlanned:
        return no_longer(request, group_date)
    except services.InTheFuture:
        messages.warning(request, _("The group has not met yet. Write who came once it begins."))
        return redirect(group_page(group_date.series))
    except services.TooLongAgo:
        messages.warning(
            request,
            _("More than 60 days ago. Ask your coordinator whether it should be written down anyway."),
        )
        return redirect(group_page(group_date.series))
    except services.Overtaken:
        return _overtaken(request, group_date, form)
    return _saved(request, group_date)


def _overtaken(
    request: AuthenticatedHttpRequest, group_date: GroupDate, form: AttendanceForm
) -> HttpResponse:
    """Both answers side by side; where a colleague has written about a pupil, what is left to say."""
    now = services.attendance_of(group_date=group_date, by=request.user)
    stored = _form(now)
    if stored.fields.keys() == form.fields.keys():
        _record(request, now, AccessLogAction.LIST)
        version = now.contact.version if now.contact else 0
        cancel_url = group_page(group_date.series)
        return conflict(request, form=form, stored=stored, version=version, cancel_url=cancel_url)
    messages.warning(request, _("Somebody has saved since you opened the page. Look once more, and save."))
    return _show(request, group_date, now, _form(now), status=409)


def _record(request: AuthenticatedHttpRequest, written: Attendance, action: AccessLogAction) -> None:
    record_reads(
        by=request.user,
        page=f"visits:{request.resolver_match.url_name}" if request.resolver_match else "",
        students=written.students,
        action=action,
        request_id=request.request_id,
    )


def _written_outcomes(written: Attendance) -> dict[UUID, str]:
    by_id = {one.student_id: one.student.public_id for one in written.to_note()}
    return {by_id[pk]: part.outcome for pk, part in written.parts.items() if pk in by_id}


def _saved(request: AuthenticatedHttpRequest, group_date: GroupDate) -> HttpResponse:
    messages.success(request, _("Who came is saved, on each pupil's own page."))
    return redirect(_way_back(request, group_date))


def _way_back(request: AuthenticatedHttpRequest, group_date: GroupDate) -> str:
    """A supporter came from Min dag, where the day goes on."""
    if request.user.acting.role == Role.PEER_SUPPORTER:
        return reverse("overviews:my_day")
    return group_page(group_date.series)


def _show(
    request: AuthenticatedHttpRequest,
    group_date: GroupDate,
    written: Attendance,
    form: AttendanceForm,
    *,
    status: int,
) -> HttpResponse:
    _record(request, written, AccessLogAction.LIST)
    others = [one.student.called_name for one in written.members if one.student_id in written.noted_by_others]
    context = _context(request, group_date, written) | {"form": form, "noted_by_others": others}
    return render(request, "visits/group_attendance.html", context, status=status)


def _context(
    request: AuthenticatedHttpRequest, group_date: GroupDate, written: Attendance
) -> dict[str, object]:
    """How many others there are says the database to those who lead the group, and to nobody else."""
    size = services.group_size(group=group_date.series, on=day_of(group_date.starts_at))
    return {
        "group_date": group_date,
        "group": group_date.series,
        "when": f"{short_moment(group_date.starts_at)}–{clock(group_date.ends_at)}",
        "place": group_date.place or group_date.series.place,
        "unseen": max((size or 0) - len(written.members), 0),
        "back_url": group_page(group_date.series),
    }


@require_safe
def group_attendance_print(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """A list to tick on paper: the reader's own pupils of that day, and nothing about them but the name."""
    group_date = find_date(request, public_id, leads=False)
    written = services.attendance_of(group_date=group_date, by=request.user)
    _record(request, written, AccessLogAction.PRINT)
    context = _context(request, group_date, written) | {
        "names": [one.student.called_name for one in written.members]
    }
    return render(request, "visits/group_attendance_print.html", context)
