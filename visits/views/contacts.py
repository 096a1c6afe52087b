"""Ny kontakt."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AccessLogAction, User
from accounts.services import record_reads
from operations.services import SameKeyOtherForm, claim_form_key
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from schools.library import LinkRow, links_for_purposes
from schools.models import Role
from supporters.models import PeerSupporter
from visits import services
from visits.forms import ContactForms, HeadsForm, OccasionForm, PartForm, soft_warnings
from visits.forms.warnings import Warned
from visits.gone import gone_parts
from visits.models import Booking
from visits.services import LatePupil, Pupil

HAVE_CONTACTS = (Role.PEER_SUPPORTER, Role.COORDINATOR)
PHONE = "X-Phone"  # "form": someone waits for the answer, "queue": sent by itself


@require_safe_or_post
@requires(*HAVE_CONTACTS)
def contact_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Ny kontakt: whom it was with (`?student=`, once for each pupil), then all the rest on one page.

    What is sent about pupils one has no more comes back to be read; the others are saved without them when
    the form says `leave_out`.
    """
    is_post = request.method == "POST"
    pupils, selected = _pupils(request)
    missing = _missing(request, selected)
    if missing and not (is_post and selected):
        raise Http404
    if not selected:
        return _choose(request, pupils)
    if _is_saving(request) and (not missing or "leave_out" in request.POST):
        return _create(request, selected, pupils)
    if is_post:
        return _form(request, ContactForms.unchecked(selected, request.POST, user=request.user), pupils)
    return _form(request, _new_forms(request, selected), pupils)


def _is_saving(request: AuthenticatedHttpRequest) -> bool:
    return request.method == "POST" and not {"add", "remove"} & request.POST.keys()


def _pupils(request: AuthenticatedHttpRequest) -> tuple[list[Pupil], list[Pupil]]:
    """Those to offer, and those of the contact as far as one has them."""
    chosen = _chosen(request)
    # What is to be brought up in supervision may name none of one's pupils: then all of them are needed.
    only_chosen = _is_saving(request) and bool(chosen) and not request.POST.get("supervision")
    pupils = _pupils_to_offer(request.user, chosen, only_chosen=only_chosen)
    selected = [pupil for pupil in pupils if pupil.student.public_id in chosen]
    if request.method == "POST" and (missing := _missing(request, selected)):
        selected += _late(request, missing)
    return pupils, selected


def _new_forms(request: AuthenticatedHttpRequest, selected: list[Pupil]) -> ContactForms:
    """What the form starts with; `?copy=1`: like the latest of one's own with the first pupil, but now."""
    user = request.user
    latest = None
    if "copy" in request.GET:
        latest = services.latest_of_mine(by=user, student=selected[0].student)
        if latest is None:
            messages.info(request, _("There is no earlier contact of yours to copy."))
    if latest is None:
        return ContactForms(selected, user=user, initial=_start(request, selected))
    start = OccasionForm.values_to_copy(latest.contact, user)
    purposes = PartForm.values_of(latest, None, user)["purposes"]
    parts: list[dict[str, Any]] = [{"purposes": purposes}, *({} for _other in selected[1:])]
    return ContactForms(selected, user=user, initial=start, initial_parts=parts)


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


def _create(request: AuthenticatedHttpRequest, selected: list[Pupil], pupils: list[Pupil]) -> HttpResponse:
    """`pupils`: all of one's own when the form says something for supervision."""
    forms = ContactForms(selected, request.POST, user=request.user)
    key = uuid_or_none(request.POST.get("form_key"))
    if key is None or not forms.is_valid():
        return _form(request, forms, _pupils_to_offer(request.user, _chosen(request)))
    if warnings := warnings_for(request, forms.all_forms(), pupils):
        return _form(request, forms, _pupils_to_offer(request.user, _chosen(request)), warnings=warnings)
    answer = _after_saving(request, selected)
    try:
        before = claim_form_key(key=key, by=request.user, body=request.POST, answer=answer)
    except SameKeyOtherForm:
        offered = _pupils_to_offer(request.user, _chosen(request))
        return _form(request, forms, offered, is_saved_before=True)
    if before is None:
        _save(request, forms, selected)
    return _saved(request, before or answer)


def _save(request: AuthenticatedHttpRequest, forms: ContactForms, selected: Sequence[Pupil]) -> None:
    """All of it or, with the form's key, nothing: what is raised here rolls the request back."""
    services.log_contact(by=request.user, occasion=forms.occasion(), parts=forms.parts())
    keep_for_supervision(request, forms.occasion_form)
    booking_id = uuid_or_none(request.POST.get("booking"))
    with_bookings = [pupil for pupil in selected if not isinstance(pupil, LatePupil)]
    if booking_id and with_bookings:
        services.complete_booking(public_id=booking_id, by=request.user, pupils=with_bookings)


def _saved(request: AuthenticatedHttpRequest, answer: str) -> HttpResponse:
    if not is_by_phone(request):
        messages.success(request, _("The contact is saved."))
        return redirect(answer)
    if request.headers[PHONE] == "form":  # someone waits for it; what the phone sends by itself is silent
        messages.success(request, _("The contact is saved."))
    return JsonResponse({"next": answer}, status=201)


def keep_for_supervision(request: AuthenticatedHttpRequest, form: OccasionForm) -> None:
    """Ta upp i handledning: onto the supporter's own list, and nowhere on the contact."""
    if text := form.cleaned_data.get("supervision"):
        services.add_topic(by=request.user, text=text)


def warnings_for(
    request: AuthenticatedHttpRequest, forms: Sequence[Form], pupils: Sequence[Pupil] | None = None
) -> list[Warned]:
    """What to ask about once; nothing when it has been asked. `pupils`: as `soft_warnings` takes them."""
    return [] if request.POST.get("warned") else soft_warnings(forms, request.user, pupils)


def _chosen(request: AuthenticatedHttpRequest) -> set[UUID]:
    """The pupils of the contact; without the one that is being taken out of it."""
    sent = request.POST if request.method == "POST" else request.GET
    chosen = {found for text in sent.getlist("student") if (found := uuid_or_none(text))}
    return chosen - {uuid_or_none(request.POST.get("remove"))}


def _missing(request: AuthenticatedHttpRequest, selected: Sequence[Pupil]) -> set[UUID]:
    """The pupils of the contact who are not among those found."""
    return _chosen(request) - {pupil.student.public_id for pupil in selected}


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
        "heads": HeadsForm(user=user).offered if is_supporter else [],
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
    warnings: Sequence[Warned] = (),
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
        "warnings": warnings,
        "is_warned": bool(warnings) or "warned" in request.POST,
        "copy_url": _copy_url(request, selected),
        "booking": uuid_or_none((request.POST or request.GET).get("booking")) or "",
        "cancel_url": _way_back(request, selected),
        "links": _links(request.user, selected),
        "gone": gone_parts(request.POST, _missing(request, selected), request.user),
    }
    record_contact_read(request, pupils, AccessLogAction.READ)
    status = 409 if is_saved_before else 422 if is_by_phone(request) else 200
    return render(request, "visits/contact_create.html", context, status=status)


def _copy_url(request: AuthenticatedHttpRequest, selected: Sequence[Pupil]) -> str:
    """Kopiera senaste: offered while nothing is written yet."""
    if request.method == "POST" or "copy" in request.GET or "booking" in request.GET:
        return ""
    students = [("student", str(pupil.student.public_id)) for pupil in selected]
    return f"?{urlencode([*students, ('copy', '1')])}"


def _way_back(request: AuthenticatedHttpRequest, selected: Sequence[Pupil]) -> str:
    if request.user.acting.role == Role.PEER_SUPPORTER:
        return reverse("overviews:my_day")
    return reverse("overviews:student_detail", args=[selected[0].student.public_id])


def _links(user: User, selected: Sequence[Pupil]) -> list[LinkRow]:
    """Links that fit what the support is for."""
    return links_for_purposes(user, {one.code for pupil in selected for one in pupil.case_purposes})


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
