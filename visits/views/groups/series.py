"""Grupper: the list, one group, and what it is called, where it meets and who leads it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import AccessLogAction, User
from accounts.services import record_reads
from peersupport.lib.dates import today
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from peersupport.lib.pages import keyset_page, paging
from schools.models import Role, School
from visits import services
from visits.clashes import leaders_refused
from visits.forms import AgainForm, GroupForm, NewGroupForm
from visits.group_rows import (
    date_rows,
    ending_of,
    group_rows,
    listed_groups,
    member_rows,
    members_of,
    unseen,
)
from visits.models import GroupCancelledBecause, GroupDate, GroupLeader, GroupMember, GroupSeries
from visits.views.pupils import SUPPORT

PAGE_SIZE, EARLIER = 30, 10
GOING_ON, OVER = "going_on", "over"
PARTS = [(GOING_ON, pgettext_lazy("groups", "Going on")), (OVER, pgettext_lazy("groups", "Ended"))]


@require_safe
@requires(*SUPPORT)
def group_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The groups one leads or coordinates, and those a pupil of one's own is in; the ended ones apart."""
    groups, show = listed_groups(request.user), request.GET.get("show", "")
    show = show if show in dict(PARTS) else GOING_ON
    groups = groups.over() if show == OVER else groups.going_on()
    page = keyset_page(groups, request.GET.get("after"), size=PAGE_SIZE, key=("list_key", "pk"))
    context = {
        "rows": group_rows(page.rows),
        "parts": PARTS,
        "show": show,
        "is_coordinator": request.user.acting.role == Role.COORDINATOR,
        **paging(request, page),
    }
    return render(request, "visits/group_list.html", context)


@require_safe_or_post
@requires(Role.COORDINATOR)
def group_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new group; a new series of one that has ended with `?again=`."""
    again = _again(request)
    form, status = _new_form(request, again), 200
    if request.method == "POST" and form.is_valid():
        chosen = set(form.leader_ids())
        here = services.possible_leaders(by=request.user, school=form.chosen_school())
        if not chosen <= set(here.values_list("user_id", flat=True)):
            form.add_error("leaders", _("Choose those who are placed at this school today."))
        elif path := form.save_once(by=request.user, save=lambda: _create(request, form, again)):
            messages.success(request, _("The group is there. Now say when it meets, and who joins."))
            return redirect(path)
        else:
            status = 409
    return render(request, "visits/group_create.html", {"form": form, "again": again}, status=status)


def _again(request: AuthenticatedHttpRequest) -> GroupSeries | None:
    asked = uuid_or_none(request.GET.get("again"))
    group = find_group(request, asked) if asked else None
    return group if group and group.ended_at else None


def _new_form(request: AuthenticatedHttpRequest, again: GroupSeries | None) -> NewGroupForm:
    user = request.user
    schools = list(School.objects.visible_to(user).filter(pk__in=user.acting.schools))
    leaders = list(services.possible_leaders(by=user))
    offered: dict[str, Any] = {
        "schools": schools,
        "leaders": leaders,
        "at": services.placed_at(by=user) if len(schools) > 1 else None,
    }
    if again is None:
        return NewGroupForm(request.POST or None, **offered)
    leading = GroupLeader.objects.visible_to(user).leading().filter(series=again)
    before = set(leading.values_list("user_id", flat=True))
    initial = {
        "school": str(again.school.public_id),
        "name": again.name,
        "place": again.place,
        "leaders": [str(one.public_id) for one in leaders if one.user_id in before],
    }
    return AgainForm(request.POST or None, initial=initial, **offered)


def _create(request: AuthenticatedHttpRequest, form: NewGroupForm, again: GroupSeries | None) -> str:
    cleaned, school = form.cleaned_data, form.chosen_school()
    brings = cleaned.get("bring") and again is not None and again.school_id == school.pk
    group = services.create_group(
        by=request.user,
        school=school,
        name=cleaned["name"],
        place=cleaned["place"],
        leaders=form.leader_ids(),
        again=again if brings else None,
    )
    return group_page(group)


def group_page(group: GroupSeries) -> str:
    return reverse("visits:group_detail", args=[group.public_id])


def find_group(request: AuthenticatedHttpRequest, public_id: UUID, *, leads: bool = False) -> GroupSeries:
    """404 when unseen; 403 for other roles, and with `leads` for whoever does not decide over it."""
    groups: Any = GroupSeries.objects.visible_to(request.user).select_related("school")
    group: GroupSeries = get_object_or_404(groups, public_id=public_id)
    if request.user.acting.role not in SUPPORT:
        raise PermissionDenied
    if leads and not services.may_lead(group=group, by=request.user):
        raise PermissionDenied
    return group


def ended_already(request: AuthenticatedHttpRequest, group: GroupSeries) -> HttpResponse:
    """What a group that has ended is not changed by."""
    messages.warning(request, _("The group has ended. Begin a new series if it is to go on."))
    return redirect(group_page(group))


@require_safe
def group_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """When it meets and who comes; of those, the reader's own, and how many others for who leads it."""
    user, group = request.user, find_group(request, public_id)
    leading = GroupLeader.objects.visible_to(user).leading().filter(series=group).select_related("user")
    leaders = list(leading.order_by("user__family_name", "pk"))
    leads = user.acting.role == Role.COORDINATOR or user.pk in {one.user_id for one in leaders}
    members = members_of(group, user)
    record_reads(
        by=user,
        page="visits:group_detail",
        students=[one.student for one in members],
        action=AccessLogAction.LIST,
        request_id=request.request_id,
    )
    context = {
        "group": group,
        "leads": leads,
        "leader_names": [one.user.name for one in leaders],
        "members": member_rows(members),
        "unseen": _unseen(group, members) if leads else 0,
        **_ending(group, user, leads=leads),
        **_dates(request, group, leads=leads),
    }
    return render(request, "visits/group_detail.html", context)


def _unseen(group: GroupSeries, members: list[GroupMember]) -> int:
    """Today, or on the last day of one that has ended."""
    day = min(today(), group.ended_on or today())
    return unseen(services.group_size(group=group, on=day), members, day)


def _ending(group: GroupSeries, user: User, *, leads: bool) -> dict[str, Any]:
    return {
        "goes_on": group.ended_at is None,
        "ending": ending_of(group),
        "can_reopen": leads and services.can_reopen(group),
        "is_coordinator": user.acting.role == Role.COORDINATOR,
    }


def _dates(request: AuthenticatedHttpRequest, group: GroupSeries, *, leads: bool) -> dict[str, Any]:
    """What is to come, and a page of what has been; without what was cancelled because it has ended."""
    dates, now = GroupDate.objects.visible_to(request.user).filter(series=group), timezone.now()
    if group.ended_at is not None:
        dates = dates.exclude(cancelled_because=GroupCancelledBecause.ENDED)
    coming = dates.filter(ends_at__gt=now).order_by("starts_at", "pk")[: services.MOST_DATES]
    earlier = keyset_page(
        dates.filter(ends_at__lte=now),
        request.GET.get("after"),
        size=EARLIER,
        key=("-starts_at", "-pk"),
    )
    return {
        "coming": date_rows(coming, group, leads=leads),
        "earlier": date_rows(earlier.rows, group, leads=leads),
        **paging(request, earlier),
    }


@require_safe_or_post
def group_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    group = find_group(request, public_id, leads=True)
    if group.ended_at is not None:
        return ended_already(request, group)
    form = _edit_form(request, group, request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            services.edit_group(
                group=group,
                by=request.user,
                version=cleaned["version"] or 0,
                name=cleaned["name"],
                place=cleaned["place"],
                leaders=form.leader_ids() if "leaders" in form.fields else None,
            )
        except services.Overtaken:
            current = find_group(request, public_id, leads=True)
            stored = _edit_form(request, current, None)
            return conflict(
                request, form=form, stored=stored, version=current.version, cancel_url=group_page(group)
            )
        except services.DoubleBooked as refusal:
            form.add_error("leaders", leaders_refused(refusal.taken, request.user))
        else:
            messages.success(request, _("The group is saved."))
            return redirect(group_page(group))
    context = {"form": form, "group": group, "back_url": group_page(group)}
    return render(request, "visits/group_edit.html", context)


def _edit_form(request: AuthenticatedHttpRequest, group: GroupSeries, data: Any) -> GroupForm:
    """Those who lead it stay among the choices, wherever they are placed today."""
    user, says = request.user, request.user.acting.role == Role.COORDINATOR
    if not says:
        return GroupForm(data, group=group, leading=[], leaders=[], says_who_leads=False)
    leading = GroupLeader.objects.visible_to(user).leading().filter(series=group)
    present = set(leading.values_list("user_id", flat=True))
    leaders = list(services.leader_choices(group=group, by=user, present=present))
    chosen = [one.public_id for one in leaders if one.user_id in present]
    return GroupForm(data, group=group, leading=chosen, leaders=leaders, says_who_leads=True)
