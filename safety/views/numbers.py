"""Telefonnummer: whom one rings when worried, as the coordinators keep them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from safety import services
from safety.forms import NewNumberForm, NumberForm
from safety.models import OrganisationNumber
from schools.models import Role
from schools.services import ChangedMeanwhile


@require_safe
@requires(Role.COORDINATOR)
def number_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All that are in use, in the order of the page that shows them."""
    numbers = OrganisationNumber.objects.visible_to(request.user).in_order()
    context = {"numbers": numbers, "is_keeper": services.keeps_numbers(request.user)}
    return render(request, "safety/number_list.html", context)


@require_safe_or_post
@requires(Role.COORDINATOR)
def number_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new number, for the whole organisation."""
    _keep(request)
    form = NewNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.save_once(by=request.user, save=lambda: _add(request, form))
        if answer:
            messages.success(request, _("The number is saved."))
            return redirect(answer)
    status = 409 if form.is_bound and form.non_field_errors() else 200
    return render(request, "safety/number_create.html", {"form": form}, status=status)


def _keep(request: AuthenticatedHttpRequest) -> None:
    if not services.keeps_numbers(request.user):
        raise PermissionDenied


def _add(request: AuthenticatedHttpRequest, form: NewNumberForm) -> str:
    services.add_number(by=request.user, words=form.words())
    return reverse("safety:number_list")


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> OrganisationNumber:
    """One that is seen, for those who keep them: 404 when unseen, 403 for its readers."""
    number: OrganisationNumber = get_object_or_404(
        OrganisationNumber.objects.visible_to(request.user), public_id=public_id
    )
    _keep(request)
    return number


@require_safe_or_post
def number_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a number; the second writer is shown both texts."""
    number = _find(request, public_id)
    start = NumberForm.values_of(number)
    form = NumberForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        version, back = form.cleaned_data["version"] or 0, reverse("safety:number_list")
        try:
            services.edit_number(number=number, by=request.user, version=version, words=form.words())
        except ChangedMeanwhile:
            stored = NumberForm(initial=start)
            return conflict(request, form=form, stored=stored, version=number.version, cancel_url=back)
        messages.success(request, _("The number is saved."))
        return redirect(back)
    return render(request, "safety/number_edit.html", {"form": form, "number": number})


@require_POST
def number_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """It stands on no page any more."""
    services.withdraw_number(number=_find(request, public_id), by=request.user)
    messages.success(request, _("The number is taken away."))
    return redirect("safety:number_list")
