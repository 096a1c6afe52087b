"""Skriv upp rast, and drop-in: how many came, without names."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from operations.services import SameKeyOtherForm, answer_form_key, claim_form_key
from peersupport.lib.dates import day_of, short_moment, today
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires, uuid_or_none
from schools.codes import CONTACT_KIND, Words, words_of
from schools.models import Role, School
from supporters.models import PeerSupporter
from visits import services
from visits.conflicts import compare_forms
from visits.forms import HeadsForm, problems_of
from visits.models import Contact
from visits.views.contacts import keep_for_supervision, warnings_for
from visits.words import heads_words

LATEST = 10


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def heads_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A contact that only counts heads; the kind may come along (`?kind=`)."""
    supporter = services.own_supporter(by=request.user)
    schools = services.schools_for_heads(by=request.user)
    form = HeadsForm(request.POST or None, user=request.user, schools=schools, initial=_start(request))
    if supporter is None or not schools or not form.offered:
        context = {"has_profile": supporter is not None, "has_placement": bool(schools)}
        return render(request, "visits/heads_missing.html", context)
    if request.method == "POST" and form.is_valid():
        return _create(request, form, supporter)
    return _form(request, form)


def _start(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    return HeadsForm.moment_values() | {"kind": request.GET.get("kind", "")}


def _create(request: AuthenticatedHttpRequest, form: HeadsForm, supporter: PeerSupporter) -> HttpResponse:
    key = uuid_or_none(request.POST.get("form_key"))
    warnings = warnings_for(request, [form])
    if key is None or warnings:
        return _form(request, form, warnings=warnings)
    try:
        answer = claim_form_key(key=key, by=request.user, body=request.POST)
    except SameKeyOtherForm:
        return _form(request, form, is_saved_before=True)
    if answer is None:
        services.log_heads(
            by=request.user,
            supporter=supporter,
            occasion=form.occasion(),
            heads=form.cleaned_data["heads"],
            school=form.chosen_school(),
        )
        keep_for_supervision(request, form)
        answer = reverse("visits:contact_create" if "another" in request.POST else "overviews:my_day")
        answer_form_key(key=key, by=request.user, answer=answer)
    messages.success(request, _("The contact is saved."))
    return redirect(answer)


def _form(
    request: AuthenticatedHttpRequest, form: HeadsForm, *, is_saved_before: bool = False, **context: Any
) -> HttpResponse:
    sent_key = uuid_or_none(request.POST.get("form_key"))
    context |= {
        "form_key": uuid4() if is_saved_before or sent_key is None else sent_key,
        "is_saved_before": is_saved_before,
        "cancel_url": reverse("overviews:my_day"),
        "latest": [_row(contact, words_of(request.user.acting)) for contact in _latest(request.user)],
        **_shown(request, form, context.get("warnings")),
    }
    return render(request, "visits/heads_create.html", context, status=409 if is_saved_before else 200)


def _latest(user: User) -> Iterable[Contact]:
    """One's own, the withdrawn ones too: this is where they are found again."""
    mine = services.own_contacts(by=user).filter(head_count__isnull=False).select_related("school")
    return mine.order_by("-occurred_at", "-pk")[:LATEST]


def _row(contact: Contact, words: Words) -> dict[str, Any]:
    kind = words.label(CONTACT_KIND, contact.kind, contact.local_kind_id)
    url = "visits:contact_put_back" if contact.is_withdrawn else "visits:contact_edit"
    return {
        "what": f"{kind}, {short_moment(contact.occurred_at)}",
        "detail": " · ".join(filter(None, (heads_words(contact.head_count or 0), *_where(contact)))),
        "why": contact.withdrawn_words or str(contact.get_withdrawn_reason_display()),
        "is_withdrawn": contact.is_withdrawn,
        "url": reverse(url, args=[contact.public_id]),
    }


def _where(contact: Contact) -> tuple[str, str]:
    return contact.school.name if contact.school else "", contact.place


def _shown(request: AuthenticatedHttpRequest, form: HeadsForm, warnings: Any) -> dict[str, Any]:
    """What both templates need."""
    return {
        "form": form,
        "problems": problems_of(form),
        "warnings": warnings or (),
        "is_warned": bool(warnings) or "warned" in request.POST,
    }


def heads_edit(request: AuthenticatedHttpRequest, contact: Contact) -> HttpResponse:
    """Correct one of one's own. A withdrawn one is not there to correct."""
    schools = services.schools_for_heads(by=request.user, before=contact)
    if request.method != "POST":
        saved = _saved(contact, request.user, schools)
        return _edit_form(request, contact, saved, version=contact.version)
    form = HeadsForm(request.POST, user=request.user, schools=schools, before=contact)
    version = sent_version(request)
    is_valid = form.is_valid()
    warnings = warnings_for(request, [form]) if is_valid else []
    if not is_valid or warnings:
        return _edit_form(request, contact, form, version=version, warnings=warnings)
    try:
        services.edit_heads(
            contact=contact,
            by=request.user,
            version=version,
            occasion=form.occasion(),
            heads=form.cleaned_data["heads"],
            school=form.chosen_school(),
        )
    except services.Overtaken:
        return _conflict(request, contact, form, schools)
    messages.success(request, _("The contact is saved."))
    return redirect(_where_it_stands(contact))


def _where_it_stands(contact: Contact) -> str:
    """Today's on Min dag, an older one in its month."""
    day = day_of(contact.occurred_at)
    if day == today():
        return reverse("overviews:my_day")
    return f"{reverse('overviews:my_month')}?month={day:%Y-%m}"


def sent_version(request: AuthenticatedHttpRequest) -> int:
    """The version the form was opened at; 0, which none is at, when it says none."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


def _saved(contact: Contact, user: User, schools: list[School]) -> HeadsForm:
    initial = HeadsForm.values_of_heads(contact, user, schools)
    return HeadsForm(user=user, schools=schools, before=contact, initial=initial)


def _conflict(
    request: AuthenticatedHttpRequest, contact: Contact, form: HeadsForm, schools: list[School]
) -> HttpResponse:
    """Both texts; when they say the same, it is saved."""
    contact.refresh_from_db()
    if contact.is_withdrawn:
        raise Http404
    differences, same = compare_forms([form], [_saved(contact, request.user, schools)])
    if not differences:
        messages.success(request, _("The contact is saved."))
        return redirect(_where_it_stands(contact))
    context = {
        "fields": differences,
        "hidden": [*same, ("version", contact.version), ("warned", "1")],
        "cancel_url": _where_it_stands(contact),
    }
    return render(request, "conflict.html", context, status=409)


def _edit_form(
    request: AuthenticatedHttpRequest, contact: Contact, form: HeadsForm, *, version: int, warnings: Any = ()
) -> HttpResponse:
    context = {
        "contact": contact,
        "version": version,
        "cancel_url": _where_it_stands(contact),
        **_shown(request, form, warnings),
    }
    return render(request, "visits/heads_edit.html", context)
