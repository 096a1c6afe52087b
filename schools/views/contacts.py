"""Whom to ring at a school; the page that shows them is composed in overviews."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools import services
from schools.forms.contacts import ChangedSchoolContactForm, NewSchoolContactForm
from schools.models import Role, School, SchoolContact


@require_safe_or_post
def contact_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """A new contact of a school; for its coordinators."""
    school = get_object_or_404(School.objects.visible_to(request.user), public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    back = reverse("overviews:school_detail", args=[school.public_id])
    form = NewSchoolContactForm(request.POST or None, instance=SchoolContact(school=school))
    status = 200
    if request.method == "POST" and form.is_valid():
        if answer := form.save_once(by=request.user, save=lambda: _save(form, by=request.user, answer=back)):
            messages.success(request, _("The contact person is saved."))
            return redirect(answer)
        status = 409
    context = {"form": form, "school": school, "back": back, "heading": _("New contact person at the school")}
    return render(request, "schools/contact_form.html", context, status=status)


def _save(form: NewSchoolContactForm, *, by: User, answer: str) -> str:
    services.save_school_contact(contact=form.save(commit=False), by=by)
    return answer


@require_safe_or_post
def contact_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a contact of a school; the second writer is shown both texts."""
    visible = SchoolContact.objects.visible_to(request.user).select_related("school")
    contact = get_object_or_404(visible, public_id=public_id)
    if request.user.acting.role != Role.COORDINATOR:
        raise PermissionDenied
    version = contact.version
    stored = ChangedSchoolContactForm(instance=contact)
    back = reverse("overviews:school_detail", args=[contact.school.public_id])
    form = ChangedSchoolContactForm(request.POST or None, instance=contact, initial={"version": version})
    if request.method == "POST" and form.is_valid():
        contact.version = form.cleaned_data["version"] or version
        try:
            services.save_school_contact(contact=contact, by=request.user)
        except services.ChangedMeanwhile:
            return conflict(request, form=form, stored=stored, version=version, cancel_url=back)
        messages.success(request, _("The contact person is saved."))
        return redirect(back)
    context = {"form": form, "school": contact.school, "back": back, "heading": _("Change contact person")}
    return render(request, "schools/contact_form.html", context)
