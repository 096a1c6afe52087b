"""Ny kontakt, and correcting one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AccessLogAction, User
from accounts.services import record_reads
from operations.services import SameKeyOtherForm, answer_form_key, claim_form_key
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from schools.models import Role
from supporters.models import PeerSupporter
from visits import services
from visits.conflicts import compare
from visits.forms import ContactForms, OccasionForm, PartForm
from visits.models import Booking, Contact, Participation
from visits.services import Correction, LatePupil, Pupil

HAVE_CONTACTS = (Role.PEER_SUPPORTER, Role.COORDINATOR)
PHONE = "X-Phone"  # "form": someone waits for the answer, "queue": sent by itself


@require_safe_or_post
@requires(*HAVE_CONTACTS)
def contact_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Ny kontakt: whom it was with (`?student=`, once for each pupil), then all the rest on one page."""
    chosen = _chosen(request)
    is_saving = request.method == "POST" and "add" not in request.POST and bool(chosen)
    pupils = _pupils_to_offer(request.user, chosen, only_chosen=is_saving)
    selected = [pupil for pupil in pupils if pupil.student.public_id in chosen]
    if is_saving and len(selected) < len(chosen):
        selected += _late(request, chosen - {pupil.student.public_id for pupil in selected})
    if len(selected) < len(chosen):
        raise Http404
    if not selected:
        return _choose(request, pupils)
    if is_saving:
        return _create(request, selected)
    if request.method == "POST":
        return _form(request, ContactForms.unchecked(selected, request.POST, user=request.user), pupils)
    start = _start(request, selected)
    return _form(request, ContactForms(selected, user=request.user, initial=start), pupils)


def _late(request: AuthenticatedHttpRequest, missing: set[UUID]) -> list[LatePupil]:
    """Pupils whose assignment has ended since the contact was, which a phone without a network kept."""
    occasion_form = OccasionForm(request.POST, user=request.user)
    occasion_form.is_valid()
    moment = occasion_form.cleaned_data.get("occurred_at")
    return services.late_pupils(by=request.user, among=missing, occurred_at=moment)


def _start(request: AuthenticatedHttpRequest, selected: list[Pupil]) -> dict[str, Any]:
    """What the form starts with: what was booked (`?booking=`), or now."""
    if booking_id := uuid_or_none(request.GET.get("booking")):
        planned = Booking.objects.visible_to(request.user).planned().filter(public_id=booking_id)
        booking = planned.filter(student__in=[pupil.student.pk for pupil in selected]).first()
        if booking is not None:
            return OccasionForm.values_of_booking(booking)
    return OccasionForm.values_now(request.GET.get("kind", ""))


def _pupils_to_offer(user: User, chosen: set[UUID], *, only_chosen: bool = False) -> list[Pupil]:
    """A supporter can add any of their own to a contact, a coordinator those they came with."""
    is_coordinator = user.acting.role == Role.COORDINATOR
    return services.pupils_to_log(by=user, among=chosen if only_chosen or is_coordinator else None)


def _create(request: AuthenticatedHttpRequest, selected: list[Pupil]) -> HttpResponse:
    forms = ContactForms(selected, request.POST, user=request.user)
    key = uuid_or_none(request.POST.get("form_key"))
    if key is None or not forms.is_valid():
        return _form(request, forms, _pupils_to_offer(request.user, _chosen(request)))
    try:
        answer = claim_form_key(key=key, by=request.user, body=request.POST)
    except SameKeyOtherForm:
        offered = _pupils_to_offer(request.user, _chosen(request))
        return _form(request, forms, offered, is_saved_before=True)
    if answer is None:
        services.log_contact(by=request.user, occasion=forms.occasion(), parts=forms.parts())
        if booking_id := uuid_or_none(request.POST.get("booking")):
            services.complete_booking(public_id=booking_id, by=request.user, pupils=selected)
        answer = _after_saving(request, selected)
        answer_form_key(key=key, by=request.user, answer=answer)
    if not is_by_phone(request):
        messages.success(request, _("The contact is saved."))
        return redirect(answer)
    if request.headers[PHONE] == "form":  # someone waits for it; what the phone sends by itself is silent
        messages.success(request, _("The contact is saved."))
    return JsonResponse({"next": answer}, status=201)


def _chosen(request: AuthenticatedHttpRequest) -> set[UUID]:
    sent = request.POST if request.method == "POST" else request.GET
    return {found for text in sent.getlist("student") if (found := uuid_or_none(text))}


def is_by_phone(request: AuthenticatedHttpRequest) -> bool:
    """Whether a script sends the form, and not the browser: it reads the status, and follows no redirect."""
    return PHONE in request.headers


def _after_saving(request: AuthenticatedHttpRequest, selected: Sequence[Pupil]) -> str:
    if any(isinstance(pupil, LatePupil) for pupil in selected):
        return reverse("visits:contact_received")
    if "another" in request.POST:
        return reverse("visits:contact_create")
    return _way_back(request, selected)


def _choose(request: AuthenticatedHttpRequest, pupils: list[Pupil]) -> HttpResponse:
    """First step, when no pupil is given: one of one's own, or several."""
    user = request.user
    is_supporter = user.acting.role == Role.PEER_SUPPORTER
    context = {
        "pupils": pupils,
        "is_supporter": is_supporter,
        "has_profile": bool(pupils) or not is_supporter or PeerSupporter.objects.visible_to(user).exists(),
    }
    record_contact_read(request, pupils, AccessLogAction.LIST)
    return render(request, "visits/contact_choose.html", context)


def _form(
    request: AuthenticatedHttpRequest,
    forms: ContactForms,
    pupils: Sequence[Pupil],
    *,
    is_saved_before: bool = False,
) -> HttpResponse:
    """The form; its key is new unless the form is on its way back for a correction."""
    selected = [form.pupil for form in forms.part_forms]
    sent_key = uuid_or_none(request.POST.get("form_key"))
    context = {
        "forms": forms,
        "selected": selected,
        "others": [pupil for pupil in pupils if pupil not in selected],
        "form_key": uuid4() if is_saved_before or sent_key is None else sent_key,
        "is_saved_before": is_saved_before,
        "booking": uuid_or_none((request.POST or request.GET).get("booking")) or "",
        "cancel_url": _way_back(request, selected),
    }
    record_contact_read(request, pupils, AccessLogAction.READ)
    status = 409 if is_saved_before else 422 if is_by_phone(request) else 200
    return render(request, "visits/contact_create.html", context, status=status)


def _way_back(request: AuthenticatedHttpRequest, selected: Sequence[Pupil]) -> str:
    if request.user.acting.role == Role.PEER_SUPPORTER:
        return reverse("overviews:my_day")
    return reverse("overviews:student_detail", args=[selected[0].student.public_id])


def record_contact_read(
    request: AuthenticatedHttpRequest, pupils: Sequence[Pupil], action: AccessLogAction
) -> None:
    record_reads(
        by=request.user,
        page=f"visits:{request.resolver_match.url_name}" if request.resolver_match else "",
        students=[pupil.student for pupil in pupils],
        action=action,
        request_id=request.request_id,
    )


@require_safe_or_post
def contact_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Correct one's own contact, while its pupils are one's own."""
    contact, parts = find_own_contact(request, Contact.objects.visible_to(request.user), public_id)
    if request.method == "POST":
        return _edit(request, contact, parts)
    return _edit_form(request, contact, _saved_forms(request.user, contact, parts), version=contact.version)


def find_own_contact(
    request: AuthenticatedHttpRequest, contacts: QuerySet[Contact], public_id: UUID
) -> tuple[Contact, list[Participation]]:
    """One's own among `contacts`, with the parts one sees; 404 when unseen, 403 when another's."""
    contact = get_object_or_404(contacts, public_id=public_id)
    parts = _parts(request, contact)
    if not parts:  # its pupils are not one's own any more: the contact is closed with them (TRUST T4)
        raise Http404
    # In the role it was written in: in another the database would take no change, and say nothing.
    is_coordinators = contact.supporter_id is None
    in_this_role = is_coordinators == (request.user.acting.role == Role.COORDINATOR)
    if contact.author_id != request.user.pk or not in_this_role:
        raise PermissionDenied
    return contact, parts


def _edit(request: AuthenticatedHttpRequest, contact: Contact, parts: list[Participation]) -> HttpResponse:
    forms = ContactForms(_pupils(contact, parts), request.POST, user=request.user, before=contact)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
    if not forms.is_valid():
        return _edit_form(request, contact, forms, version=version)
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
        "hidden": [*same, ("version", contact.version)],
        "cancel_url": student_url,
    }
    record_contact_read(request, _pupils(contact, parts), AccessLogAction.READ)
    return render(request, "conflict.html", context, status=409)


def _edit_form(
    request: AuthenticatedHttpRequest, contact: Contact, forms: ContactForms, *, version: int
) -> HttpResponse:
    selected = [form.pupil for form in forms.part_forms]
    context: dict[str, Any] = {
        "forms": forms,
        "contact": contact,
        "selected": selected,
        "version": version,
        "cancel_url": reverse("overviews:student_detail", args=[selected[0].student.public_id]),
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
        initial=OccasionForm.values_of(contact, user),
        initial_parts=[PartForm.values_of(row, getattr(row, "note", None)) for row in parts],
    )
