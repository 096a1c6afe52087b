"""Acts on schools and roles; the pages that show them are composed in overviews."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools import services
from schools.codes import rows, words_of
from schools.forms import ChangedSchoolContactForm, NewSchoolContactForm
from schools.models import Membership, Role, School, SchoolContact


@require_POST
def membership_confirm(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Lets a role that an administrator has granted take effect."""
    visible = Membership.objects.visible_to(request.user).with_people()
    membership = get_object_or_404(visible, public_id=public_id)
    try:
        services.confirm_membership(membership=membership, by=request.user)
    except services.MembershipRefused as refused:
        raise PermissionDenied from refused
    except services.ChangedMeanwhile:
        messages.warning(request, _("Somebody else has just changed this role. Have a look at it again."))
    else:
        words = {"name": membership.user.name, "role": membership.get_role_display()}
        messages.success(request, _("%(name)s may now work as %(role)s.") % words)
    return redirect("start")


@require_safe
@requires(Role.COORDINATOR, Role.LEAD, Role.ADMIN)
def code_lists(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The national lists with version and source, what is left out here, and the own values."""
    words = words_of(request.user.acting)
    context = {
        "lists": rows.code_lists(words),
        "one": words.target_group_one,
        "many": words.target_group_many,
        "is_admin": request.user.acting.role == Role.ADMIN,
    }
    return render(request, "schools/code_lists.html", context)


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
            messages.success(request, _("The contact is saved."))
            return redirect(answer)
        status = 409
    context = {"form": form, "school": school, "back": back, "heading": _("New contact at the school")}
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
        messages.success(request, _("The contact is saved."))
        return redirect(back)
    context = {"form": form, "school": contact.school, "back": back, "heading": _("Change the contact")}
    return render(request, "schools/contact_form.html", context)
