"""When a pupil is long since met: the rules of the list, kept by who coordinates all schools."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from overviews.rows import meeting_rules as rows
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools import services
from schools.forms.meeting_rules import MeetingRulesForm
from schools.models import Organisation, Role


@require_safe_or_post
@requires(Role.COORDINATOR)
@vary_on_headers("HX-Request")
def meeting_rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The rules, and how many pupils they put on the list; asked for, also before they are saved."""
    organisation = _organisation(request)
    if not organisation.has_rules_kept_by(request.user):
        return _read_only(request, organisation)
    form = MeetingRulesForm(request.POST or None, instance=organisation)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and "preview" not in request.POST:
        return _save(request, form)
    effect = _effect(request, organisation) if is_sent else rows.effect_now()
    is_htmx = "HX-Request" in request.headers
    template = "overviews/_meeting_rules_effect.html" if is_htmx else "overviews/meeting_rules.html"
    return render(request, template, {"form": form, "effect": effect, "is_tried": is_sent})


def _organisation(request: AuthenticatedHttpRequest) -> Organisation:
    organisation: Organisation = Organisation.objects.visible_to(request.user).get()
    return organisation


def _read_only(request: AuthenticatedHttpRequest, organisation: Organisation) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied
    context = {"facts": rows.facts(organisation), "effect": rows.effect_now()}
    return render(request, "overviews/meeting_rules.html", context)


def _effect(request: AuthenticatedHttpRequest, organisation: Organisation) -> rows.Effect:
    """What is tried; without it when somebody saves at the same moment, and saving will say so."""
    try:
        return rows.effect_of(organisation, by=request.user)
    except services.ChangedMeanwhile:
        return rows.effect_now()


def _save(request: AuthenticatedHttpRequest, form: MeetingRulesForm) -> HttpResponse:
    url = reverse("overviews:meeting_rules")
    organisation: Any = form.instance
    organisation.version = form.cleaned_data["version"] or organisation.version
    try:
        services.change_meeting_rules(organisation=organisation, by=request.user)
    except services.ChangedMeanwhile:
        stored = _organisation(request)
        saved = MeetingRulesForm(instance=stored)
        return conflict(request, form=form, stored=saved, version=stored.version, cancel_url=url)
    messages.success(request, _("The rules are changed."))
    return redirect(url)
