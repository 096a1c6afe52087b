"""Supervision, training, a team meeting: planned, moved and cancelled."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peersupport.lib.dates import day_of, short_moment
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools.models import Role
from supporters.models import PeerSupporter
from visits import services
from visits.forms import AppointmentForm, NewAppointmentForm, asked_day
from visits.models import Appointment


def calendar_at(day: date) -> str:
    """The calendar's page of the week in which the day is."""
    year, week, _weekday = day.isocalendar()
    return f"{reverse('overviews:calendar')}?week={year}-W{week:02}"


def _to_choose(request: AuthenticatedHttpRequest) -> list[PeerSupporter]:
    """Oneself; for a coordinator all whom they see."""
    rows = PeerSupporter.objects.visible_to(request.user).with_people()
    if request.user.acting.role == Role.PEER_SUPPORTER:
        rows = rows.filter(user=request.user)
    return list(rows)


@require_safe_or_post
@requires(Role.PEER_SUPPORTER, Role.COORDINATOR)
def appointment_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Of one's own; a coordinator's, for one or several (`?supporter=` is chosen already)."""
    supporters = _to_choose(request)
    if not supporters:
        return render(request, "visits/appointment_no_profile.html")
    start = {"on": asked_day(request.GET.get("on", "")), "who": [request.GET.get("supporter", "")]}
    form = NewAppointmentForm(request.POST or None, supporters=supporters, user=request.user, initial=start)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            path = form.save_once(by=request.user, save=lambda: _save(request, form))
        except (services.InThePast, services.SupporterTaken) as refusal:
            _say_why_not(request, form, refusal)
        else:
            if path:
                messages.success(request, _planned_text(form))
                return redirect(path)
            status = 409
    context = {"form": form, "back_url": reverse("overviews:calendar")}
    return render(request, "visits/appointment_create.html", context, status=status)


def _save(request: AuthenticatedHttpRequest, form: NewAppointmentForm) -> str:
    meeting = form.meeting()
    services.plan_appointments(supporters=form.chosen, by=request.user, meeting=meeting)
    return calendar_at(day_of(meeting.starts_at))


def _planned_text(form: NewAppointmentForm) -> str:
    count = len(form.chosen)
    text = ngettext("Planned: %(when)s.", "Planned for %(count)s: %(when)s.", count)
    return text % {"when": short_moment(form.meeting().starts_at), "count": count}


def _say_why_not(
    request: AuthenticatedHttpRequest, form: AppointmentForm | NewAppointmentForm, refusal: Exception
) -> None:
    if not isinstance(refusal, services.SupporterTaken):
        form.add_error("at", _("This time has passed. Choose a later one, or write it down as other time."))
    elif refusal.supporter.user_id == request.user.pk:
        form.add_error("at", _("You have something else at this time. Choose another."))
    else:
        text = _("%(name)s has something else at this time. Nothing is saved: choose otherwise.")
        form.add_error("at", text % {"name": refusal.supporter.user.name})


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> Appointment:
    rows = Appointment.objects.visible_to(request.user).select_related("supporter__user")
    row: Appointment = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe_or_post
def appointment_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Moves or changes it; what is cancelled is planned again first."""
    row = _find(request, public_id)
    back = calendar_at(day_of(row.starts_at))
    if row.cancelled_at is not None:
        messages.info(
            request, _("It is cancelled."), extra_tags=reverse("visits:appointment_restore", args=[public_id])
        )
        return redirect(back)
    start = AppointmentForm.values_of(row)
    form = AppointmentForm(request.POST or None, initial=start, user=request.user, kept_kind=row.kind)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            services.edit_appointment(row=row, by=request.user, version=version, meeting=form.meeting())
        except services.Overtaken:
            stored = AppointmentForm(initial=start, user=request.user, kept_kind=row.kind)
            return conflict(request, form=form, stored=stored, version=row.version, cancel_url=back)
        except (services.InThePast, services.SupporterTaken) as refusal:
            _say_why_not(request, form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(calendar_at(form.cleaned_data["on"]))
    return render(request, "visits/appointment_edit.html", {"form": form, "row": row, "back_url": back})


@require_POST
def appointment_cancel(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One tap; the message offers to undo it."""
    row = _find(request, public_id)
    services.cancel_appointment(row=row, by=request.user)
    undo = reverse("visits:appointment_restore", args=[row.public_id])
    messages.success(request, _("It is cancelled."), extra_tags=undo)
    return redirect(calendar_at(day_of(row.starts_at)))


@require_POST
def appointment_restore(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: it is planned again, unless something else has taken the time."""
    row = _find(request, public_id)
    try:
        is_planned = services.restore_appointment(row=row, by=request.user) or row.cancelled_at is None
    except services.SupporterTaken:
        messages.warning(request, _("Something else has taken the time meanwhile. It stays cancelled."))
    else:
        if is_planned:
            messages.success(request, _("It is planned again."))
        else:
            messages.warning(request, _("Somebody else has cancelled it. Plan a new one."))
    return redirect(calendar_at(day_of(row.starts_at)))
