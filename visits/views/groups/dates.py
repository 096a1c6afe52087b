"""The dates of a group: made from a rule, moved, cancelled, restored."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import AccessLogAction, User
from accounts.services import record_reads
from peersupport.lib.dates import short_moment
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import SchoolBreak
from visits import services
from visits.clashes import is_to_ask, leaders_refused, pupils_asked
from visits.forms import CancelGroupDateForm, GroupDateForm, GroupDatesForm
from visits.group_rows import members_of
from visits.models import GroupDate, GroupDateStatus, GroupSeries
from visits.views.groups.series import ended_already, find_group, group_page
from visits.views.pupils import SUPPORT


@require_safe_or_post
def group_dates_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    group = find_group(request, public_id, leads=True)
    if group.ended_at is not None:
        return ended_already(request, group)
    breaks = SchoolBreak.objects.visible_to(request.user).of_school(group.school_id)
    form = GroupDatesForm(request.POST or None, user=request.user, breaks=breaks)
    status, asked = 200, list[str]()
    if request.method == "POST" and form.is_valid():
        made: list[GroupDate] = []
        try:
            path = form.save_once(by=request.user, save=lambda: _make(request, group, form, made))
        except services.DoubleBooked as refusal:
            form.refuse(leaders_refused(refusal.taken, request.user))
        except services.PupilTaken as clash:
            asked = _asked(request, group, clash)
        except services.GroupHasEnded:
            return ended_already(request, group)
        else:
            if path:
                _say_made(request, len(made) or len(form.times), made)
                return redirect(path)
            status = 409
    context = {"form": form, "group": group, "asked": asked, "back_url": group_page(group)}
    return render(request, "visits/group_dates_create.html", context, status=status)


def _make(
    request: AuthenticatedHttpRequest, group: GroupSeries, form: GroupDatesForm, made: list[GroupDate]
) -> str:
    made += services.add_dates(
        group=group,
        by=request.user,
        times=form.times,
        skip_taken=form.cleaned_data["skip_taken"],
        asks=is_to_ask(request),
    )
    return group_page(group)


def _say_made(request: AuthenticatedHttpRequest, count: int, made: list[GroupDate]) -> None:
    text = ngettext("%(count)s date is written down.", "%(count)s dates are written down.", count)
    undo = reverse("visits:group_dates_undo", args=[made[0].public_id]) if made else ""
    messages.success(request, text % {"count": count}, extra_tags=undo)


def _asked(request: AuthenticatedHttpRequest, group: GroupSeries, clash: services.PupilTaken) -> list[str]:
    """Who has something else; the names are those of the reader's own pupils, and the read is logged."""
    ids = {one.student_id for one in clash.taken}
    students = [one.student for one in members_of(group, request.user) if one.student_id in ids]
    record_reads(
        by=request.user,
        page=f"visits:{request.resolver_match.url_name}" if request.resolver_match else "",
        students=students,
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    return pupils_asked(clash.taken, students)


@require_POST
def group_dates_undo(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: takes away the dates that were written down together, as far as nothing has come of them."""
    group_date = find_date(request, public_id)
    back = group_page(group_date.series)
    if count := services.take_away_dates(group_date=group_date, by=request.user):
        text = ngettext("%(count)s date is taken away.", "%(count)s dates are taken away.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.warning(request, _("These dates stay: somebody else has made them, or changed them since."))
    return redirect(back)


def find_date(request: AuthenticatedHttpRequest, public_id: UUID, *, leads: bool = True) -> GroupDate:
    """404 when unseen; 403 for other roles, and with `leads` for whoever does not decide over it."""
    dates: Any = GroupDate.objects.visible_to(request.user).select_related("series__school")
    group_date: GroupDate = get_object_or_404(dates, public_id=public_id)
    if request.user.acting.role not in SUPPORT:
        raise PermissionDenied
    if leads and not services.may_lead(group=group_date.series, by=request.user):
        raise PermissionDenied
    return group_date


def no_longer(request: AuthenticatedHttpRequest, group_date: GroupDate) -> HttpResponse:
    """Somebody has cancelled it meanwhile."""
    messages.warning(request, _("The date is cancelled."))
    return redirect(group_page(group_date.series))


@require_safe_or_post
def group_date_move(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Another time or place; each participant is told alone."""
    group_date = find_date(request, public_id)
    if group_date.status != GroupDateStatus.PLANNED:
        return no_longer(request, group_date)
    form, asked = GroupDateForm(request.POST or None, group_date=group_date, user=request.user), list[str]()
    if request.method == "POST" and form.is_valid():
        try:
            _move(request, group_date, form)
        except services.NoLongerPlanned:
            return no_longer(request, group_date)
        except services.Overtaken:
            return _both(request, public_id, form)
        except services.PupilTaken as clash:
            asked = _asked(request, group_date.series, clash)
        except CANNOT as refusal:
            _say_why_not(form, refusal, request.user)
        else:
            when = short_moment(form.cleaned_data["starts_at"])
            messages.success(
                request, _("Saved: %(when)s. Each participant is told alone, under Tasks.") % {"when": when}
            )
            return redirect(group_page(group_date.series))
    return _show(request, "visits/group_date_move.html", group_date, form=form, asked=asked)


def _move(request: AuthenticatedHttpRequest, group_date: GroupDate, form: GroupDateForm) -> None:
    services.move_date(
        group_date=group_date,
        by=request.user,
        version=form.cleaned_data["version"] or 0,
        asks=is_to_ask(request),
        **form.moved(),
    )


CANNOT = (services.InThePast, services.SameTime, services.GroupHasEnded, services.DoubleBooked)


def _say_why_not(form: GroupDateForm, refusal: Exception, by: User) -> None:
    if isinstance(refusal, services.DoubleBooked):
        form.add_error("at", leaders_refused(refusal.taken, by))
    elif isinstance(refusal, services.GroupHasEnded):
        form.add_error("on", _("The group ends before that day."))
    elif isinstance(refusal, services.InThePast):
        form.add_error("at", _("This time has passed. Choose a later one."))
    else:
        form.add_error("at", _("The group meets at this time already. Choose another."))


def _both(request: AuthenticatedHttpRequest, public_id: UUID, form: GroupDateForm) -> HttpResponse:
    current = find_date(request, public_id)
    stored = GroupDateForm(group_date=current, user=request.user)
    cancel_url = group_page(current.series)
    return conflict(request, form=form, stored=stored, version=current.version, cancel_url=cancel_url)


def _show(
    request: AuthenticatedHttpRequest, template: str, group_date: GroupDate, **context: Any
) -> HttpResponse:
    context |= {
        "group_date": group_date,
        "group": group_date.series,
        "when": short_moment(group_date.starts_at),
        "back_url": group_page(group_date.series),
    }
    return render(request, template, context)


@require_safe_or_post
def group_date_cancel(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Cancels one date, with a reason; the message offers to undo it."""
    group_date = find_date(request, public_id)
    if group_date.status != GroupDateStatus.PLANNED:
        return no_longer(request, group_date)
    form = CancelGroupDateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_date(group_date=group_date, by=request.user, **form.cleaned_data)
        except services.NoLongerPlanned:
            return no_longer(request, group_date)
        undo = reverse("visits:group_date_restore", args=[group_date.public_id])
        text = _("The date is cancelled. Each participant is told alone, under Tasks.")
        messages.success(request, text, extra_tags=undo)
        return redirect(group_page(group_date.series))
    return _show(request, "visits/group_date_cancel.html", group_date, form=form)


@require_POST
def group_date_restore(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: the date takes place after all."""
    group_date = find_date(request, public_id)
    try:
        services.restore_date(group_date=group_date, by=request.user)
    except services.DoubleBooked as refusal:
        why = " ".join(leaders_refused(refusal.taken, request.user))
        messages.warning(request, _("The date stays cancelled. %(why)s") % {"why": why})
    except services.GroupHasEnded:
        return ended_already(request, group_date.series)
    else:
        messages.success(request, _("The date takes place after all."))
    return redirect(group_page(group_date.series))
