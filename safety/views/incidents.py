"""Tillbud: told by whom they happened to, answered by the coordinators."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peersupport.lib.dates import day_of, short_date, short_moment
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from safety import services
from safety.forms import AnswerIncidentForm, IncidentForm
from safety.models import HomeVisit, IncidentReport
from safety.rows import incident_rows
from schools.models import Role
from schools.services import ChangedMeanwhile
from visits.forms import soft_warnings

TELL = (Role.PEER_SUPPORTER, Role.COORDINATOR)
CLOSED_SHOWN = 30


@require_safe
@requires(*TELL)
def incident_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Those that wait for an answer, and the latest that have one."""
    seen = IncidentReport.objects.visible_to(request.user).select_related("author")
    waiting = seen.open().order_by("happened_at", "pk")
    closed = seen.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:CLOSED_SHOWN]
    context = {"waiting": incident_rows(waiting, request.user), "closed": incident_rows(closed, request.user)}
    return render(request, "safety/incident_list.html", context)


@require_safe_or_post
@requires(*TELL)
def incident_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What happened (`?visit=` of one's own); asked once when something looks like a name or a number."""
    visit = _visit(request)
    form = IncidentForm(request.POST or None, initial=IncidentForm.start(timezone.now()))
    warnings = []
    if request.method == "POST" and form.is_valid():
        warnings = [] if request.POST.get("warned") else soft_warnings([form], request.user)
        if not warnings and (
            answer := form.save_once(by=request.user, save=lambda: _add(request, form, visit))
        ):
            messages.success(request, _("It is told. A coordinator is asked to get in touch with you."))
            return redirect(answer)
    is_warned = bool(warnings) or "warned" in request.POST
    context = {"form": form, "visit": visit, "problems": (), "warnings": warnings, "is_warned": is_warned}
    status = 409 if form.is_bound and form.non_field_errors() else 200
    return render(request, "safety/incident_create.html", context, status=status)


def _visit(request: AuthenticatedHttpRequest) -> HomeVisit | None:
    """The visit in the address, if it is one's own."""
    public_id = uuid_or_none(request.GET.get("visit"))
    if public_id is None:
        return None
    mine = HomeVisit.objects.visible_to(request.user).held_by(request.user)
    return mine.filter(public_id=public_id).first()


def _add(request: AuthenticatedHttpRequest, form: IncidentForm, visit: HomeVisit | None) -> str:
    incident = services.report_incident(by=request.user, happening=form.happening(), visit=visit)
    return reverse("safety:incident_detail", args=[incident.public_id])


@require_safe_or_post
def incident_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """What was told, and what is done about it; a coordinator answers here until it is closed."""
    incident = _find(request, public_id)
    may_answer = request.user.acting.role == Role.COORDINATOR and incident.closed_at is None
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    start = {"measures": incident.measures, "version": incident.version}
    form = AnswerIncidentForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        return _answer(request, incident, form, stored=AnswerIncidentForm(initial=start))
    context = {
        "incident": incident,
        "when": short_moment(incident.happened_at),
        "closed": short_date(day_of(incident.closed_at)) if incident.closed_at else "",
        "form": form if may_answer else None,
        "is_mine": incident.author_id == request.user.pk,
    }
    return render(request, "safety/incident_detail.html", context)


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> IncidentReport:
    seen = IncidentReport.objects.visible_to(request.user)
    incident: IncidentReport = get_object_or_404(
        seen.select_related("author", "closed_by", "visit"), public_id=public_id
    )
    return incident


def _answer(
    request: AuthenticatedHttpRequest,
    incident: IncidentReport,
    form: AnswerIncidentForm,
    *,
    stored: AnswerIncidentForm,
) -> HttpResponse:
    cleaned, page = form.cleaned_data, reverse("safety:incident_detail", args=[incident.public_id])
    try:
        services.answer_incident(
            incident=incident,
            by=request.user,
            version=cleaned["version"] or 0,
            measures=cleaned["measures"],
            is_closed=cleaned["is_closed"],
        )
    except ChangedMeanwhile:
        return conflict(request, form=form, stored=stored, version=incident.version, cancel_url=page)
    messages.success(request, _("It is saved."))
    return redirect(page)
