"""Correcting a contact: one's own, while its pupils are one's own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AccessLogAction, User
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from visits import services
from visits.conflicts import compare
from visits.forms import ContactForms, OccasionForm, PartForm
from visits.forms.warnings import Warned
from visits.models import Contact, Participation
from visits.services import Correction, Pupil
from visits.views.contacts import record_contact_read, warnings_for
from visits.views.heads import heads_edit, sent_version


@require_safe_or_post
def contact_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Correct one's own contact, while its pupils are one's own."""
    contact, parts = find_own_contact(request, Contact.objects.visible_to(request.user), public_id)
    if contact.head_count is not None:
        return heads_edit(request, contact)
    if request.method == "POST":
        return _edit(request, contact, parts)
    return _edit_form(request, contact, _saved_forms(request.user, contact, parts), version=contact.version)


def find_own_contact(
    request: AuthenticatedHttpRequest, contacts: QuerySet[Contact], public_id: UUID
) -> tuple[Contact, list[Participation]]:
    """One's own among `contacts`, with the parts one sees; 404 when unseen, 403 when another's."""
    contact = get_object_or_404(contacts, public_id=public_id)
    parts = _parts(request, contact)
    # Its pupils are not one's own any more: the contact is closed with them (TRUST T4).
    if not parts and contact.head_count is None:
        raise Http404
    # In the role it was written in: in another the database would take no change, and say nothing.
    is_coordinators = contact.supporter_id is None
    in_this_role = is_coordinators == (request.user.acting.role == Role.COORDINATOR)
    if contact.author_id != request.user.pk or not in_this_role:
        raise PermissionDenied
    return contact, parts


def _edit(request: AuthenticatedHttpRequest, contact: Contact, parts: list[Participation]) -> HttpResponse:
    forms = ContactForms(
        _pupils(contact, parts), request.POST, user=request.user, before=contact, parts_before=parts
    )
    version = sent_version(request)
    if not forms.is_valid():
        return _edit_form(request, contact, forms, version=version)
    if warnings := warnings_for(request, forms.all_forms()):
        return _edit_form(request, contact, forms, version=version, warnings=warnings)
    corrections = [Correction(row, part) for row, part in zip(parts, forms.parts(), strict=True)]
    try:
        services.edit_contact(
            contact=contact,
            by=request.user,
            version=version,
            occasion=forms.occasion(),
            corrections=corrections,
        )
    except services.Overtaken:
        return _conflict(request, contact, forms)
    messages.success(request, _("The contact is saved."))
    return redirect("overviews:student_detail", public_id=parts[0].student.public_id)


def _conflict(request: AuthenticatedHttpRequest, contact: Contact, forms: ContactForms) -> HttpResponse:
    """Both texts, as they are now; when they say the same, it is saved."""
    contact.refresh_from_db()
    parts = _parts(request, contact)
    differences, same = compare(forms, _saved_forms(request.user, contact, parts))
    student_url = reverse("overviews:student_detail", args=[parts[0].student.public_id])
    if not differences:
        messages.success(request, _("The contact is saved."))
        return redirect(student_url)
    context = {
        "fields": differences,
        "hidden": [*same, ("version", contact.version), ("warned", "1")],
        "cancel_url": student_url,
    }
    record_contact_read(request, _pupils(contact, parts), AccessLogAction.READ)
    return render(request, "conflict.html", context, status=409)


def _edit_form(
    request: AuthenticatedHttpRequest,
    contact: Contact,
    forms: ContactForms,
    *,
    version: int,
    warnings: Sequence[Warned] = (),
) -> HttpResponse:
    selected = [form.pupil for form in forms.part_forms]
    context: dict[str, Any] = {
        "forms": forms,
        "contact": contact,
        "selected": selected,
        "version": version,
        "warnings": warnings,
        "is_warned": bool(warnings) or "warned" in request.POST,
        "cancel_url": reverse("overviews:student_detail", args=[selected[0].student.public_id]),
        "links": [],  # they are for the moment itself
    }
    record_contact_read(request, selected, AccessLogAction.READ)
    return render(request, "visits/contact_edit.html", context)


def _parts(request: AuthenticatedHttpRequest, contact: Contact) -> list[Participation]:
    """The parts of the contact that are this user's to see; another's pupil in it stays unseen."""
    rows = services.parts_of(contact=contact, by=request.user)
    return list(rows.select_related("note", "student__identity", "student__school").order_by("pk"))


def _pupils(contact: Contact, parts: list[Participation]) -> list[Pupil]:
    return [Pupil(row.student, row.case_id, contact.supporter_id) for row in parts]


def _saved_forms(user: User, contact: Contact, parts: list[Participation]) -> ContactForms:
    return ContactForms(
        _pupils(contact, parts),
        user=user,
        before=contact,
        parts_before=parts,
        initial=OccasionForm.values_of(contact, user),
        initial_parts=[PartForm.values_of(row, getattr(row, "note", None), user) for row in parts],
    )
