"""A contact in the wrong place: moved to the right pupil, withdrawn with a reason, put back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import AccessLogAction
from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, uuid_or_none
from schools.models import Role
from students.forms import NameSearchForm
from students.models import Student
from students.views.answers import student_page
from students.views.rows import place_label
from students.views.students import find_student
from visits import services
from visits.forms import WithdrawForm
from visits.models import Contact, Participation
from visits.services import Pupil
from visits.views.contact_edits import find_own_contact
from visits.views.contacts import HAVE_CONTACTS, record_contact_read
from visits.words import heads_words, outcome_word


@require_safe_or_post
def contact_move(request: AuthenticatedHttpRequest, public_id: UUID, student_id: UUID) -> HttpResponse:
    """Flytta till rätt elev: choose among one's own, see what will happen, move."""
    contact, parts = find_own_contact(request, Contact.objects.visible_to(request.user), public_id)
    part = next((one for one in parts if one.student.public_id == student_id), None)
    if part is None:
        raise Http404
    chosen = uuid_or_none(request.POST.get("to"))
    if chosen is None:
        return _choose(request, part)
    to = next(iter(services.pupils_to_log(by=request.user, among=[chosen])), None)
    if to is None:
        raise Http404
    version = request.POST.get("version", "")
    if "confirmed" not in request.POST or not version.isdecimal():
        return _confirm(request, contact, part, to)
    return _move(request, part, to, version=int(version))


def _move(request: AuthenticatedHttpRequest, part: Participation, to: Pupil, *, version: int) -> HttpResponse:
    try:
        services.move_contact(part=part, by=request.user, version=version, to=to)
    except services.Overtaken:
        messages.warning(
            request,
            _("The contact has been changed meanwhile. Nothing is moved. Look again before you move it."),
        )
        return redirect("visits:contact_edit", part.contact.public_id)
    except services.AlreadyInContact:
        messages.warning(
            request,
            _("That pupil is in this contact already. Nothing is moved. Correct each pupil's part instead."),
        )
        return redirect("visits:contact_edit", part.contact.public_id)
    messages.success(
        request, _("The contact is moved to this pupil. If it was wrong, move it back in the same way.")
    )
    return redirect(student_page(to.student))


def _choose(request: AuthenticatedHttpRequest, part: Participation) -> HttpResponse:
    """One's own pupils; a coordinator, who has too many to list, looks for a name."""
    is_coordinator = request.user.acting.role == Role.COORDINATOR
    form = NameSearchForm(request.POST if request.method == "POST" else None)
    if not is_coordinator:
        found = services.pupils_to_log(by=request.user)
    else:
        is_search = request.method == "POST" and form.is_valid()
        found = services.found_to_log(by=request.user, words=form.cleaned_data["words"]) if is_search else []
    pupils = [pupil for pupil in found if pupil.student != part.student]
    record_contact_read(
        request,
        [Pupil(part.student, part.case_id, None), *pupils],
        AccessLogAction.SEARCH if is_coordinator else AccessLogAction.LIST,
    )
    context = {
        "part": part,
        "pupils": [_choice(pupil.student, request) for pupil in pupils],
        "form": form if is_coordinator else None,
        "is_searched": is_coordinator and request.method == "POST" and form.is_valid(),
        "back_url": reverse("visits:contact_edit", args=[part.contact.public_id]),
    }
    return render(request, "visits/contact_move.html", context)


def _choice(student: Student, request: AuthenticatedHttpRequest) -> dict[str, Any]:
    return {
        "public_id": student.public_id,
        "name": student.name,
        "place": place_label(student, request.user),
        "is_protected": student.is_protected,
    }


def _confirm(
    request: AuthenticatedHttpRequest, contact: Contact, part: Participation, to: Pupil
) -> HttpResponse:
    record_contact_read(request, [Pupil(part.student, part.case_id, None), to], AccessLogAction.READ)
    context = {
        "part": part,
        "what": _words_of(part, contact),
        "to": to.student,
        "version": contact.version,
        "note": getattr(part, "note", None),
        "back_url": reverse("visits:contact_move", args=[contact.public_id, part.student.public_id]),
    }
    return render(request, "visits/contact_move_confirm.html", context)


def _words_of(part: Participation | None, contact: Contact) -> str:
    """ "Hembesök, tis 24 nov 14:00 · Vi sågs", or with the number of heads."""
    words = f"{contact.get_kind_display()}, {short_moment(contact.occurred_at)}"
    if part is None:
        return f"{words} · {heads_words(contact.head_count or 0)}"
    return f"{words} · {outcome_word(part.kind, part.outcome)}"


@require_safe_or_post
def contact_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Ta tillbaka: the contact counts nowhere any more, and stands among the withdrawn ones."""
    contact, parts = find_own_contact(request, services.all_contacts(by=request.user), public_id)
    page = _withdrawn_page(parts)
    if contact.is_withdrawn:  # sent twice, or from an old window
        return redirect(page)
    form = WithdrawForm(request.POST or None, initial={"version": contact.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_contact(
                contact=contact,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
                words=form.cleaned_data["words"],
            )
        except services.Overtaken:
            text = _("The contact has been changed meanwhile. Look at it before you withdraw it.")
            messages.warning(request, text)
            return redirect("visits:contact_edit", contact.public_id)
        except services.NotAllMine:
            form.add_error(
                None, _("The contact is also about pupils you no longer have. Ask your coordinator.")
            )
        else:
            _say_withdrawn(request, contact, parts)
            return redirect(page)
    selected = [Pupil(part.student, part.case_id, None) for part in parts]
    record_contact_read(request, selected, AccessLogAction.READ)
    context = {
        "form": form,
        "contact": contact,
        "what": _words_of(parts[0] if parts else None, contact),
        "selected": selected,
        "back_url": reverse("visits:contact_edit", args=[contact.public_id]),
    }
    return render(request, "visits/contact_withdraw.html", context)


def _withdrawn_page(parts: list[Participation]) -> str:
    """The pupil's withdrawn contacts; one that only counts heads is of no pupil."""
    if not parts:
        return reverse("overviews:my_day")
    return reverse("visits:withdrawn_contacts", args=[parts[0].student.public_id])


def _say_withdrawn(request: AuthenticatedHttpRequest, contact: Contact, parts: list[Participation]) -> None:
    if parts:
        messages.success(request, _("The contact is withdrawn. Here you can put it back."))
        return
    undo = reverse("visits:contact_put_back", args=[contact.public_id])
    messages.success(request, _("The contact is withdrawn."), extra_tags=undo)


@require_POST
def contact_put_back(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Lägg tillbaka: it counts again, as it was."""
    contact, parts = find_own_contact(request, services.all_contacts(by=request.user), public_id)
    services.put_back_contact(contact=contact, by=request.user)
    messages.success(request, _("The contact is put back. It counts again."))
    return redirect(student_page(parts[0].student) if parts else "overviews:my_day")


@require_safe
def withdrawn_contacts(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The pupil's withdrawn contacts: to their author and to coordinators, with who, when and why."""
    student = find_student(request, public_id, *HAVE_CONTACTS)
    parts = services.withdrawn_parts(student=student, by=request.user)
    loaded = parts.select_related("contact__withdrawn_by", "author", "note").latest_first()[:MOST]
    record_contact_read(request, [Pupil(student, 0, None)], AccessLogAction.READ)
    context = {
        "student": student,
        "entries": [_entry(part, request) for part in loaded],
        "back_url": student_page(student),
    }
    return render(request, "visits/withdrawn_contacts.html", context)


MOST = 100


def _entry(part: Participation, request: AuthenticatedHttpRequest) -> dict[str, Any]:
    contact, note = part.contact, getattr(part, "note", None)
    is_coordinators = contact.supporter_id is None
    in_this_role = is_coordinators == (request.user.acting.role == Role.COORDINATOR)
    return {
        "what": _words_of(part, contact),
        "who": part.author.name,
        "note": note.text if note else "",
        "pupils_words": note.pupils_words if note else "",
        "next_step": part.next_step,
        "why": contact.withdrawn_words or str(contact.get_withdrawn_reason_display()),
        "withdrawn": _("Withdrawn %(when)s by %(who)s")
        % {"when": short_moment(contact.withdrawn_at), "who": contact.withdrawn_by.name}
        if contact.withdrawn_at and contact.withdrawn_by
        else "",
        "changes_url": reverse("overviews:contact_changes", args=[contact.public_id]),
        "put_back_url": reverse("visits:contact_put_back", args=[contact.public_id])
        if part.author_id == request.user.pk and in_this_role
        else "",
    }
