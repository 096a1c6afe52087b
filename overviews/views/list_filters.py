"""Filtering a list: what was chosen is remembered for this person and role, then the list opens with it.

By POST, because a GET writes nothing. The list's address still says all, so a link with filters can be kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services import remember_filter
from overviews.forms import StudentFilterForm
from overviews.place_forms import AccessLogFilterForm, SchoolFilterForm, SupporterFilterForm
from peersupport.lib.http import AuthenticatedHttpRequest
from schools.models import Role
from students.forms import ReferralFilterForm


@dataclass(frozen=True, slots=True)
class FilteredList:
    """A list with a filter: where it is, who has it, and its form."""

    url_name: str
    roles: tuple[str, ...]
    form: Callable[[QueryDict, User], forms.Form]


LISTS = {
    "students": FilteredList(
        "overviews:student_list",
        (Role.COORDINATOR, Role.PEER_SUPPORTER),
        lambda data, user: StudentFilterForm(data, user=user),
    ),
    "referrals": FilteredList(
        "students:referral_list",
        (Role.COORDINATOR, Role.SCHOOL_STAFF),
        lambda data, user: ReferralFilterForm(data, user=user),
    ),
    "supporters": FilteredList(
        "overviews:supporter_list",
        (Role.COORDINATOR, Role.LEAD),
        lambda data, user: SupporterFilterForm(data, user=user),
    ),
    "schools": FilteredList(
        "overviews:school_list",
        (Role.COORDINATOR, Role.SCHOOL_STAFF, Role.LEAD),
        lambda data, user: SchoolFilterForm(data),
    ),
    "access_log": FilteredList(
        "overviews:access_log",
        (Role.REVIEWER,),
        lambda data, user: AccessLogFilterForm(data, user=user),
    ),
}


@require_POST
def list_filter(request: AuthenticatedHttpRequest, list_name: str) -> HttpResponse:
    """Remember what was chosen and go on to the list; nothing chosen forgets what was remembered."""
    filtered = LISTS[list_name]
    if request.user.acting.role not in filtered.roles:
        raise PermissionDenied
    form = filtered.form(request.POST, request.user)
    form.is_valid()
    filled = {name: request.POST.get(name, "") for name in form.fields if _is_filled(form, name)}
    # A choice is one of a few; what can be typed may be a name.
    chosen = {name: text for name, text in filled.items() if isinstance(form.fields[name], forms.ChoiceField)}
    remember_filter(by=request.user, list_name=list_name, query=_query(chosen))
    url = reverse(filtered.url_name)
    return redirect(f"{url}?{_query(filled)}" if filled else url)


def _is_filled(form: Any, name: str) -> bool:
    return form.cleaned_data.get(name) not in (None, "")


def _query(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()
