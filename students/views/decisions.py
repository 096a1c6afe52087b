"""A coordinator's answer to a referral."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AccessLogAction
from accounts.services import record_reads
from operations.services import SameKeyOtherForm
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post
from schools.models import Role
from students import services
from students.forms import AcceptForm, AnswerForm, WithdrawReferralForm
from students.models import Referral, Student
from students.views.answers import save_once, sent_already
from students.views.referrals import find_referral, find_to_decide
from students.views.rows import name_of, place_label, place_of


@require_safe_or_post
def referral_accept(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    referral = find_to_decide(request, public_id)
    matches = _labelled_matches(request, referral)
    form = AcceptForm(request.POST or None, referral=referral, user=request.user, matches=matches)
    if request.method == "POST" and form.is_valid():
        try:
            path = save_once(request, form.cleaned_data["form_key"], lambda: _accept(request, referral, form))
        except SameKeyOtherForm:
            return sent_already(request, _page_of(referral))
        except services.AlreadyDecided:
            return _decided_already(request, referral)
        except services.OpenCaseExists:
            form.add_error("student" if "student" in form.fields else "alias", _open_case_text())
        else:
            messages.success(request, _("The referral is accepted. Now choose a peer supporter."))
            return redirect(path)
    if request.method == "GET" and not referral.is_open:
        return _decided_already(request, referral)
    return _decision_page(request, "students/referral_accept.html", referral, form, matches=matches)


def _accept(request: AuthenticatedHttpRequest, referral: Referral, form: AcceptForm) -> str:
    data = form.cleaned_data
    name = None
    if referral.is_protected and form.chosen is None:
        name = services.Name(data["given_name"], data["family_name"], data["called"])
    case = services.accept_referral(
        referral=referral,
        by=request.user,
        student=form.chosen,
        name=name,
        consent=data["consent"],
        answer=data["answer"],
    )
    return reverse("students:match", args=[case.public_id])


def _labelled_matches(request: AuthenticatedHttpRequest, referral: Referral) -> list[tuple[Student, str]]:
    """Pupils who may be the one, each with grade, school and whether support is under way."""
    if referral.is_protected:
        return []
    students = services.likely_students(referral=referral, by=request.user)
    supported = services.students_with_open_case(students=students, by=request.user)
    if students:
        record_reads(
            by=request.user,
            page="students:referral_accept",
            students=students,
            action=AccessLogAction.SEARCH,
            request_id=request.request_id,
        )
    return [(one, _label(one, request, has_support=one.pk in supported)) for one in students]


def _label(student: Student, request: AuthenticatedHttpRequest, *, has_support: bool) -> str:
    parts = [student.name, place_label(student, request.user)]
    if has_support:
        parts.append(_("has support already"))
    return " · ".join(part for part in parts if part)


def _open_case_text() -> str:
    return _("This pupil has support already. See the pupil's page, or decline and tell the referrer.")


@require_safe_or_post
def referral_decline(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    return _answer(
        request,
        find_to_decide(request, public_id),
        form=AnswerForm(request.POST or None, is_required=True),
        template="students/referral_decline.html",
        act=services.decline_referral,
        done=_("The referral is declined. The referrer can read your answer."),
    )


@require_safe_or_post
def referral_await_consent(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    return _answer(
        request,
        find_to_decide(request, public_id),
        form=AnswerForm(request.POST or None, is_required=False),
        template="students/referral_await_consent.html",
        act=services.await_consent,
        done=_("The referral waits for consent. The referrer can see it."),
    )


@require_safe_or_post
def referral_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """By the school that sent it, while nobody has answered."""
    referral = find_referral(request, public_id)
    if request.user.acting.role != Role.SCHOOL_STAFF:
        raise PermissionDenied
    return _answer(
        request,
        referral,
        form=WithdrawReferralForm(request.POST or None),
        template="students/referral_withdraw.html",
        act=lambda *, referral, by, reason: services.withdraw_referral(referral=referral, reason=reason),
        done=_("The referral is withdrawn."),
    )


def _answer(
    request: AuthenticatedHttpRequest,
    referral: Referral,
    *,
    form: AnswerForm | WithdrawReferralForm,
    template: str,
    act: Callable[..., None],
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(referral=referral, by=request.user, reason=form.written)
        except services.AlreadyDecided:
            return _decided_already(request, referral)
        messages.success(request, done)
        return redirect(_page_of(referral))
    if request.method == "GET" and not referral.is_open:
        return _decided_already(request, referral)
    return _decision_page(request, template, referral, form)


def _decision_page(
    request: AuthenticatedHttpRequest, template: str, referral: Referral, form: Any, **context: Any
) -> HttpResponse:
    record_reads(
        by=request.user,
        page=f"students:{template.rpartition('/')[2].removesuffix('.html')}",
        students=[referral.student] if referral.student else [],
        request_id=request.request_id,
    )
    context |= {
        "referral": referral,
        "form": form,
        "name": name_of(referral),
        "place": place_of(referral, request.user),
        "back_url": _page_of(referral),
        "back_label": _("The referral"),
    }
    return render(request, template, context)


def _decided_already(request: AuthenticatedHttpRequest, referral: Referral) -> HttpResponse:
    messages.warning(request, _("This referral has an answer already. Here you see who gave it, and when."))
    return redirect(_page_of(referral))


def _page_of(referral: Referral) -> str:
    return reverse("students:referral_detail", args=[referral.public_id])
