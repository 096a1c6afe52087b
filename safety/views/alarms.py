"""An alarm as those see it whom it calls, and what they answer."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peersupport.lib.dates import clock
from peersupport.lib.http import AuthenticatedHttpRequest, requires
from safety import services
from safety.forms.alarms import AnswerForm, OutcomeForm
from schools.models import Role


@require_safe
def calls(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The banner alone, as the page asks for it every now and then."""
    return render(request, "safety/_calls.html")


@require_safe
@requires(Role.COORDINATOR)
def alarms_now(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first part of Översikt alone, as it asks for it every now and then."""
    return render(request, "safety/_alarms_now.html", {"safety": services.safety_now()})


@require_safe
def alarm_detail(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """What to do, in order, and who has been called."""
    card = _card(public_id)
    context = {"alarm": card, "outcomes": OutcomeForm(), "is_watched": services.is_watched()}
    return render(request, "safety/alarm_detail.html", context)


@require_POST
def alarm_take(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """ "Jag tar det"."""
    return _answer(
        request,
        public_id,
        lambda: services.take_alarm(alarm=public_id, by=request.user),
        _("You have it. Nobody else is called while you see to it."),
    )


@require_POST
def alarm_pass(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """ "Jag kan inte"."""
    return _answer(
        request,
        public_id,
        lambda: services.pass_alarm(alarm=public_id, by=request.user),
        _("Thank you. The next is being called."),
    )


@require_POST
def alarm_resolve(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """ "Det är löst", and how."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        card = _card(public_id)
        context = {"alarm": card, "outcomes": form, "is_watched": services.is_watched()}
        return render(request, "safety/alarm_detail.html", context)
    outcome = form.cleaned_data["outcome"]
    return _answer(
        request,
        public_id,
        lambda: services.resolve_alarm(alarm=public_id, by=request.user, outcome=outcome),
        _("It is over, and noted."),
    )


@require_POST
def alarm_answer(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """The supporter's own: all is well, done, or 15 minutes more."""
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else "well"
    return _answer(
        request,
        public_id,
        lambda: services.answer_alarm(alarm=public_id, by=request.user, answer=answer),
        _("Thank you. Nobody more is called."),
    )


@require_POST
def alarm_address(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Where the visit is: for whoever has taken it, each opening logged."""
    card = _card(public_id)
    if not (card.is_mine and card.is_open) or card.is_drill:
        raise PermissionDenied
    address = services.open_alarm_address(alarm=card)
    context = {
        "alarm": card,
        "outcomes": OutcomeForm(),
        "is_watched": True,
        "address": address,
        "is_opened": True,
    }
    return render(request, "safety/alarm_detail.html", context)


def _card(public_id: UUID) -> services.AlarmCard:
    card = services.alarm_card(alarm=public_id)
    if card is None:
        raise Http404
    return card


def _answer(
    request: AuthenticatedHttpRequest, public_id: UUID, act: Callable[[], None], said: str
) -> HttpResponse:
    """Do it, and back to the alarm's page; whoever comes second is told who was first."""
    card = _card(public_id)
    try:
        act()
    except services.NotCalled:
        raise PermissionDenied from None
    except services.AlarmOver:
        messages.info(request, _("It is over already."))
    except services.TooLong:
        messages.warning(request, _("A visit lasts twelve hours at most. Say that you are done instead."))
    except services.TakenByAnother:
        messages.info(request, _taken(_card(public_id)))
    else:
        messages.success(request, said)
    return redirect("safety:alarm_detail", card.public_id)


def _taken(card: services.AlarmCard) -> str:
    if card.taken_at is None:
        return _("Take it first.")
    return _("%(who)s took it at %(time)s.") % {"who": card.taken_by, "time": clock(card.taken_at)}
