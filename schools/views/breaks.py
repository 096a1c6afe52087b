"""The breaks of the school year, which counting in school days leaves out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peersupport.lib.dates import school_year_of, today
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools import services
from schools.forms.breaks import ChangedSchoolBreakForm, NewSchoolBreakForm
from schools.models import Role, SchoolBreak

SHOWN = 200  # of this school year and later: more than fifty schools with five breaks of their own


@require_safe
@requires(Role.COORDINATOR)
def break_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The breaks of this school year and later, and those that seem to be missing."""
    first, _last = school_year_of(today())
    found = SchoolBreak.objects.visible_to(request.user).filter(last_on__gte=first).select_related("school")
    breaks = list(found.order_by("first_on", "pk")[:SHOWN])
    acting = request.user.acting
    own = {one.pk for one in breaks if one.is_kept_by(request.user)}
    context = {
        "breaks": breaks,
        "own": own,
        "proposals": services.proposed_breaks(breaks) if acting.school_id is None else [],
        "counts_school_days": acting.counts_school_days,
    }
    return render(request, "schools/break_list.html", context)


@require_safe_or_post
@requires(Role.COORDINATOR)
def break_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new break; a proposal comes in the address."""
    proposed = {name: request.GET[name] for name in ("kind", "first_on", "last_on") if name in request.GET}
    form = NewSchoolBreakForm(request.POST or None, initial=proposed, user=request.user)
    back, status = reverse("schools:break_list"), 200
    # Asked first: once saved, the same break once more is refused.
    if request.method == "POST" and (answer := form.saved_before(by=request.user)):
        return redirect(answer)
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.save_school_break(school_break=form.save(commit=False), by=request.user)
            return back

        if answer := form.save_once(by=request.user, save=save):
            messages.success(request, _("The break is in the calendar."))
            return redirect(answer)
        status = 409
    context = {"form": form, "back": back, "heading": _("New school break")}
    return render(request, "schools/break_form.html", context, status=status)


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> SchoolBreak:
    """404 also for one that somebody else keeps."""
    found = SchoolBreak.objects.visible_to(request.user).kept_by(request.user).select_related("school")
    return get_object_or_404(found, public_id=public_id)


@require_safe_or_post
def break_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a break; the second writer is shown both texts."""
    school_break = _find(request, public_id)
    version, back = school_break.version, reverse("schools:break_list")
    options: dict[str, Any] = {"instance": school_break, "user": request.user}
    stored = ChangedSchoolBreakForm(instance=_find(request, public_id), user=request.user)
    form = ChangedSchoolBreakForm(request.POST or None, initial={"version": version}, **options)
    if request.method == "POST" and form.is_valid():
        school_break.version = form.cleaned_data["version"] or version
        try:
            services.save_school_break(school_break=school_break, by=request.user)
        except services.ChangedMeanwhile:
            return conflict(request, form=form, stored=stored, version=version, cancel_url=back)
        messages.success(request, _("The break is changed."))
        return redirect(back)
    remove_url = reverse("schools:break_remove", args=[public_id])
    context = {"form": form, "back": back, "heading": _("Change school break"), "remove_url": remove_url}
    return render(request, "schools/break_form.html", context)


@require_safe_or_post
def break_remove(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Asks once, then takes the break out of the calendar."""
    school_break = _find(request, public_id)
    back = reverse("schools:break_list")
    if request.method == "POST":
        services.remove_school_break(school_break=school_break, by=request.user)
        messages.success(request, _("The break is removed. Its days count again."))
        return redirect(back)
    return render(request, "schools/break_remove.html", {"school_break": school_break, "back": back})
