"""Annan tid: a supporter writes down time without a pupil."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peersupport.lib.dates import day_of
from peersupport.lib.forms import conflict
from peersupport.lib.http import (
    AuthenticatedHttpRequest,
    require_safe_or_post,
    requires,
    uuid_or_none,
    way_back,
)
from schools.models import Role
from supporters.models import PeerSupporter
from visits import services
from visits.forms import NewOtherTimeForm, OtherTimeForm
from visits.models import Appointment, OtherTime


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def other_time_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Time of one's own, with nothing about a pupil."""
    if not PeerSupporter.objects.visible_to(request.user).filter(user=request.user).exists():
        return render(request, "visits/other_time_no_profile.html")
    start = NewOtherTimeForm.values_now() | _as_planned(request)
    form = NewOtherTimeForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            row = services.write_other_time(by=request.user, spent=form.spent())
            return _month_of(day_of(row.starts_at))

        if answer := form.save_once(by=request.user, save=save):
            messages.success(request, _("The time is saved."))
            if "another" in request.POST:
                return redirect("visits:other_time_create")
            return redirect(answer)
    status = 409 if form.is_bound and form.non_field_errors() else 200
    context = {"form": form, "back_url": _month_of(timezone.localdate())}
    return render(request, "visits/other_time_create.html", context, status=status)


def _as_planned(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """What a new form starts with when it writes down what was planned (`?appointment=`)."""
    asked = uuid_or_none(request.GET.get("appointment"))
    row = Appointment.objects.visible_to(request.user).filter(public_id=asked).first() if asked else None
    return NewOtherTimeForm.values_as_planned(row) if row else {}


def _month_of(day: date) -> str:
    return f"{reverse('overviews:my_month')}?month={day:%Y-%m}"


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> OtherTime:
    """The row, withdrawn or not; 404 when unseen, 403 for whoever only reads it."""
    rows = services.all_other_time(by=request.user).select_related("supporter")
    row = get_object_or_404(rows, public_id=public_id)
    if request.user.acting.role != Role.PEER_SUPPORTER or row.supporter.user_id != request.user.pk:
        raise PermissionDenied
    return row


@require_safe_or_post
def other_time_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes one's own; what is withdrawn is put back first."""
    row = _find(request, public_id)
    back = _month_of(day_of(row.starts_at))
    if row.withdrawn_at is not None:
        messages.info(request, _("This time is withdrawn. Put it back first if it should count."))
        return redirect(back)
    start = OtherTimeForm.values_of(row)
    form = OtherTimeForm(request.POST or None, initial=start, user=request.user, before=row)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            services.edit_other_time(row=row, by=request.user, version=version, spent=form.spent())
        except services.Overtaken:
            stored = OtherTimeForm(initial=start, user=request.user, before=row)
            return conflict(request, form=form, stored=stored, version=row.version, cancel_url=back)
        messages.success(request, _("The time is saved."))
        return redirect(_month_of(day_of(form.cleaned_data["starts_at"])))
    return render(request, "visits/other_time_edit.html", {"form": form, "row": row, "back_url": back})


@require_POST
def other_time_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One tap; the message offers to undo it."""
    row = _find(request, public_id)
    services.withdraw_other_time(row=row, by=request.user)
    undo = reverse("visits:other_time_put_back", args=[row.public_id])
    messages.success(request, _("The time is withdrawn and counts no more."), extra_tags=undo)
    return redirect(_month_of(day_of(row.starts_at)))


@require_POST
def other_time_put_back(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: it counts again."""
    row = _find(request, public_id)
    services.put_back_other_time(row=row, by=request.user)
    messages.success(request, _("The time counts again."))
    return redirect(way_back(request, _month_of(day_of(row.starts_at))))
