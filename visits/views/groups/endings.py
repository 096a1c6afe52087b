"""A group ends, and goes on after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from visits import services
from visits.forms import EndGroupForm
from visits.models import GroupSeries
from visits.views.groups.series import ended_already, find_group, group_page


@require_safe_or_post
def group_end(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The last day and why; the message offers to undo it."""
    group = find_group(request, public_id, leads=True)
    if group.ended_at is not None:
        return ended_already(request, group)
    form = EndGroupForm(request.POST or None, initial={"version": group.version})
    if request.method == "POST" and form.is_valid():
        try:
            cancelled = _end(request, group, form)
        except services.HasMetSince:
            form.add_error("last_day", _("The group has met after that day. Choose a later one."))
        except services.Overtaken:
            messages.warning(request, _("Somebody has changed the group since. Look at it, and end it then."))
            return redirect(group_page(group))
        else:
            _say_ended(request, group, cancelled)
            return redirect(group_page(group))
    context = {"form": form, "group": group, "back_url": group_page(group)}
    return render(request, "visits/group_end.html", context)


def _end(request: AuthenticatedHttpRequest, group: GroupSeries, form: EndGroupForm) -> int:
    cleaned = form.cleaned_data
    return services.end_group(
        group=group,
        by=request.user,
        version=cleaned["version"] or 0,
        last_day=cleaned["last_day"],
        reason=cleaned["reason"],
        note=cleaned["note"],
    )


def _say_ended(request: AuthenticatedHttpRequest, group: GroupSeries, cancelled: int) -> None:
    text = _("The last day is saved.")
    if cancelled:
        told = ngettext(
            "%(count)s date is cancelled, and each participant is told alone, under Tasks.",
            "%(count)s dates are cancelled, and each participant is told alone, under Tasks.",
            cancelled,
        )
        text = f"{text} {told % {'count': cancelled}}"
    messages.success(request, text, extra_tags=reverse("visits:group_reopen", args=[group.public_id]))


@require_POST
def group_reopen(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: the group goes on, and so do its dates, unless somebody who leads it is busy by now."""
    group = find_group(request, public_id, leads=True)
    try:
        left = services.reopen_group(group=group, by=request.user)
    except services.TooLateToReopen:
        messages.warning(request, _("It ended too long ago to be undone. Begin a new series instead."))
        return redirect(group_page(group))
    messages.success(request, _("The group goes on."))
    if left:
        when = ", ".join(short_moment(one.starts_at) for one in left)
        text = _("Still cancelled, since somebody who leads the group is busy then: %(when)s.")
        messages.warning(request, text % {"when": when})
    return redirect(group_page(group))
