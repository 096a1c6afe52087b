"""Who joins a group, and who leaves it."""

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

from accounts.models import AccessLogAction
from accounts.services import record_reads
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from visits import services
from visits.clashes import is_to_ask, pupils_asked
from visits.forms import LeaveForm, MembersForm
from visits.models import GroupMember, GroupSeries
from visits.views.groups.series import ended_already, find_group, group_page
from visits.views.pupils import SUPPORT

MOST_PUPILS = 200  # at one school; a list longer than this is no list


@require_safe_or_post
def group_members_add(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    group = find_group(request, public_id, leads=True)
    if group.ended_at is not None:
        return ended_already(request, group)
    possible = services.pupils_to_add(group=group, by=request.user)
    students = sorted(possible.order_by("pk")[:MOST_PUPILS], key=lambda one: one.name)
    form = MembersForm(request.POST or None, students=students)
    status, asked = 200, list[str]()
    if request.method == "POST" and (path := form.saved_before(by=request.user)):
        return redirect(path)
    if request.method == "POST" and form.is_valid():
        try:
            path = form.save_once(by=request.user, save=lambda: _add(request, group, form))
        except services.PupilTaken as clash:
            asked = pupils_asked(clash.taken, form.chosen_students())
        except services.GroupHasEnded:
            return ended_already(request, group)
        else:
            if path:
                _say_added(request, len(form.cleaned_data["students"]))
                return redirect(path)
            status = 409
    record_reads(
        by=request.user,
        page="visits:group_members_add",
        students=students,
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {
        "form": form,
        "asked": asked,
        "group": group,
        "has_students": bool(students),
        "back_url": group_page(group),
    }
    return render(request, "visits/group_members_add.html", context, status=status)


def _add(request: AuthenticatedHttpRequest, group: GroupSeries, form: MembersForm) -> str:
    services.add_members(
        group=group,
        by=request.user,
        students=form.chosen_students(),
        starts_on=form.cleaned_data["starts_on"],
        asks=is_to_ask(request),
    )
    return group_page(group)


def _say_added(request: AuthenticatedHttpRequest, count: int) -> None:
    text = ngettext("%(count)s pupil is in the group.", "%(count)s pupils are in the group.", count)
    messages.success(request, text % {"count": count})


def _find_member(request: AuthenticatedHttpRequest, public_id: UUID) -> GroupMember:
    """404 when the pupil is unseen; 403 for roles that give or lead no support."""
    members: Any = GroupMember.objects.visible_to(request.user)
    members = members.select_related("series__school", "student__identity", "student__school")
    member: GroupMember = get_object_or_404(members, public_id=public_id)
    if request.user.acting.role not in SUPPORT:
        raise PermissionDenied
    return member


@require_safe_or_post
def group_leave(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The pupil's last day in the group; the message offers to undo it."""
    member = _find_member(request, public_id)
    back = group_page(member.series)
    form = LeaveForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        services.leave_group(member=member, by=request.user, last_day=form.cleaned_data["last_day"])
        undo = reverse("visits:group_return", args=[member.public_id])
        messages.success(request, _("Saved. Nothing changes for the others."), extra_tags=undo)
        return redirect(back)
    record_reads(
        by=request.user, page="visits:group_leave", students=[member.student], request_id=request.request_id
    )
    context = {"form": form, "member": member, "group": member.series, "back_url": back}
    return render(request, "visits/group_leave.html", context)


@require_POST
def group_return(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: the pupil goes on in the group."""
    member = _find_member(request, public_id)
    try:
        services.return_to_group(member=member, by=request.user)
    except services.AlreadyInGroup:
        messages.warning(request, _("The pupil is in the group again already."))
    else:
        messages.success(request, _("The pupil goes on in the group."))
    return redirect(group_page(member.series))
