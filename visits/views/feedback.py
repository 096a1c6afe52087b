"""Thanks and questions from a coordinator about a contact, and the supporter's answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services import record_reads
from peersupport.lib.dates import short_moment
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, way_back
from schools.models import Role
from visits import services
from visits.forms import AnswerForm, QuestionForm, ThanksForm
from visits.forms.feedback import READY_ANSWERS
from visits.models import Contact, ContactKind, Feedback, Participation
from visits.views.answered import answered


@require_safe_or_post
def thanks_create(request: AuthenticatedHttpRequest, public_id: UUID, student_id: UUID) -> HttpResponse:
    """Thanks whoever wrote the contact, with words or without."""
    part = _find_part(request, public_id, student_id)
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.thank(participation=part, by=request.user, text=form.cleaned_data["text"])
            return _student_page(part)

        if answer := form.save_once(by=request.user, save=save):
            messages.success(request, _("Your thanks are sent."))
            return redirect(answer)
    return _show(request, "visits/thanks_create.html", part, form=form)


@require_safe_or_post
def question_create(request: AuthenticatedHttpRequest, public_id: UUID, student_id: UUID) -> HttpResponse:
    """Asks whoever wrote the contact something about it."""
    part = _find_part(request, public_id, student_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.ask(participation=part, by=request.user, text=form.cleaned_data["text"])
            return _student_page(part)

        try:
            if answer := form.save_once(by=request.user, save=save):
                messages.success(request, _("Your question is sent."))
                return redirect(answer)
        except services.AlreadyAsked:
            form.add_error(None, _("Your last question about this contact is still open. Close it first."))
    return _show(request, "visits/question_create.html", part, form=form)


def _find_part(request: AuthenticatedHttpRequest, public_id: UUID, student_id: UUID) -> Participation:
    """One pupil's part in the contact of another person, a supporter."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user), public_id=public_id)
    is_supporters = contact.supporter_id is not None and contact.author_id != request.user.pk
    if request.user.acting.role != Role.COORDINATOR or not is_supporters:
        raise PermissionDenied
    parts = Participation.objects.visible_to(request.user).select_related(
        "contact", "author", "student__identity", "student__school"
    )
    return get_object_or_404(parts, contact=contact, student__public_id=student_id)


def _student_page(part: Participation) -> str:
    return reverse("overviews:student_detail", args=[part.student.public_id])


def _show(
    request: AuthenticatedHttpRequest, template: str, part: Participation, **context: Any
) -> HttpResponse:
    """The page about one pupil's part of a contact, logged; 409 for a form that was used already."""
    record_reads(
        by=request.user,
        page=f"visits:{request.resolver_match.url_name}" if request.resolver_match else "",
        students=[part.student],
        request_id=request.request_id,
    )
    context |= {
        "name": part.student.name,
        "is_protected": part.student.is_protected,
        "about": f"{ContactKind(part.kind).label} {short_moment(part.occurred_at)}",
        "author": part.author.name,
        "back_url": _student_page(part),
    }
    status = 409 if context["form"].is_bound and context["form"].non_field_errors() else 200
    return render(request, template, context, status=status)


def _find_feedback(request: AuthenticatedHttpRequest, public_id: UUID, role: str) -> Feedback:
    found = Feedback.objects.visible_to(request.user).select_related(
        "participation__author",
        "participation__student__identity",
        "participation__student__school",
        "made_by",
    )
    feedback = get_object_or_404(found, public_id=public_id)
    if request.user.acting.role != role:
        raise PermissionDenied
    return feedback


@require_POST
def feedback_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Takes back one's own thanks or unanswered question."""
    feedback = _find_feedback(request, public_id, Role.COORDINATOR)
    if feedback.made_by_id != request.user.pk:
        raise PermissionDenied
    if services.withdraw_feedback(feedback=feedback, by=request.user):
        messages.success(request, _("It is taken back. Nobody sees it any more."))
    else:
        messages.warning(request, _("It is answered already, so it stays."))
    return redirect(way_back(request, _student_page(feedback.participation)))


@require_POST
def question_close(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The answer is read, or not needed any more."""
    feedback = _find_feedback(request, public_id, Role.COORDINATOR)
    services.close_question(feedback=feedback, by=request.user)
    messages.success(request, _("The question is closed."))
    return redirect(way_back(request, reverse("overviews:feedback_list")))


@require_safe_or_post
def question_answer(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Answers a question about a contact of one's own: one tap, or a sentence."""
    feedback = _find_feedback(request, public_id, Role.PEER_SUPPORTER)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, feedback, form.cleaned_data["answer"])
    context = {
        "form": form,
        "feedback": feedback,
        "asked_by": feedback.made_by.name,
        "ready_answers": READY_ANSWERS.items(),
    }
    return _show(request, "visits/question_answer.html", feedback.participation, **context)


def _answer(request: AuthenticatedHttpRequest, feedback: Feedback, text: str) -> HttpResponse:
    back = way_back(request, reverse("overviews:my_day"))
    try:
        is_first = services.answer_question(feedback=feedback, by=request.user, text=text)
    except services.NotToBeAnswered:
        return answered(request, _("The question is closed. No answer is needed any more."), back=back)
    if not is_first:
        return answered(request, _("You have answered already. The first answer stays."), back=back)
    undo = reverse("visits:answer_take_back", args=[feedback.public_id])
    return answered(request, _("Your answer is sent: %(text)s") % {"text": text}, undo=undo, back=back)


@require_POST
def thanks_answer(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One tap says "Tack!" back, and the thanks leave Min dag."""
    feedback = _find_feedback(request, public_id, Role.PEER_SUPPORTER)
    back = way_back(request, reverse("overviews:my_day"))
    try:
        services.answer_thanks(feedback=feedback, by=request.user, text=_("Thank you!"))
    except services.NotToBeAnswered:
        return answered(request, _("It is taken back. No answer is needed any more."), back=back)
    undo = reverse("visits:answer_take_back", args=[feedback.public_id])
    return answered(
        request, _("Your answer is sent: %(text)s") % {"text": _("Thank you!")}, undo=undo, back=back
    )


@require_POST
def answer_take_back(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo of an answer, while it is new."""
    feedback = _find_feedback(request, public_id, Role.PEER_SUPPORTER)
    back = way_back(request, reverse("overviews:my_day"))
    if not services.take_back_answer(feedback=feedback, by=request.user):
        return answered(request, _("The answer stays: it is no longer new."), back=back, status=409)
    return answered(request, _("Your answer is taken back."), back=back)
