"""The duty schedule: the week ahead with its gaps, the turns, and days away."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peersupport.lib.dates import day_of, start_of_day, today
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from safety import services
from safety.forms.duty import AwayForm, ChangedTurnForm, NewTurnForm
from safety.models import DutyAway, DutyStep, DutyTurn
from schools.models import Role

AHEAD = 7  # days that the page shows


@require_safe
@requires(Role.COORDINATOR)
def duty_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Seven days from today: who is on duty, which visits are planned, and what nobody covers."""
    user = request.user
    first = today()
    turns = list(
        DutyTurn.objects.visible_to(user).not_over().select_related("user").order_by("step", "starts", "pk")
    )
    away = list(
        DutyAway.objects.visible_to(user).not_over().select_related("user").order_by("first_on", "pk")
    )
    visits = services.planned_visits(
        by=user, first=start_of_day(first), last=start_of_day(first + timedelta(days=AHEAD))
    )
    days = [_day(first + timedelta(days=number), turns, away, visits) for number in range(AHEAD)]
    context = {"days": days, "turns": turns, "away": away, "is_watched": services.is_watched()}
    return render(request, "safety/duty_list.html", context)


def _day(day: date, turns: list[DutyTurn], away: list[DutyAway], visits: list[Any]) -> dict[str, Any]:
    gone = {one.user_id for one in away if one.first_on <= day <= one.last_on}
    there = [turn for turn in turns if turn.begins_on(day) and turn.user_id not in gone]
    steps = [(step.label, [turn for turn in there if turn.step == step]) for step in DutyStep]
    return {"day": day, "steps": steps, "visits": [one for one in visits if day_of(one.starts_at) == day]}


@require_safe_or_post
@requires(Role.COORDINATOR)
def duty_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new turn."""
    form = NewTurnForm(request.POST or None, user=request.user)
    return _create(
        request, form, _("New turn"), _("The turn is in the schedule."),
        lambda: services.save_turn(turn=form.save(commit=False), by=request.user),
    )  # fmt: skip


@require_safe_or_post
@requires(Role.COORDINATOR)
def away_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Days on which somebody is not called."""
    form = AwayForm(request.POST or None, user=request.user)
    return _create(
        request, form, _("Days away"), _("The days away are in the schedule."),
        lambda: services.add_days_away(away=form.save(commit=False), by=request.user),
    )  # fmt: skip


def _create(request: AuthenticatedHttpRequest, form: Any, heading: str, said: str, act: Any) -> HttpResponse:
    back, status = reverse("safety:duty_list"), 200
    if request.method == "POST" and (answer := form.saved_before(by=request.user)):
        return redirect(answer)
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            act()
            return back

        if answer := form.save_once(by=request.user, save=save):
            messages.success(request, said)
            return redirect(answer)
        status = 409
    context = {"form": form, "back": back, "heading": heading}
    return render(request, "safety/duty_form.html", context, status=status)


def _turn(request: AuthenticatedHttpRequest, public_id: UUID) -> DutyTurn:
    found = DutyTurn.objects.visible_to(request.user).kept_by(request.user).select_related("user")
    return get_object_or_404(found, public_id=public_id)


@require_safe_or_post
def duty_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a turn; the second writer is shown both texts."""
    turn = _turn(request, public_id)
    version, back = turn.version, reverse("safety:duty_list")
    stored = ChangedTurnForm(instance=_turn(request, public_id), user=request.user)
    form = ChangedTurnForm(
        request.POST or None, instance=turn, initial={"version": version}, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        turn.version = form.cleaned_data["version"] or version
        try:
            services.save_turn(turn=turn, by=request.user)
        except services.ChangedMeanwhile:
            return conflict(request, form=form, stored=stored, version=version, cancel_url=back)
        messages.success(request, _("The turn is changed."))
        return redirect(back)
    remove_url = reverse("safety:duty_remove", args=[public_id])
    context = {"form": form, "back": back, "heading": turn.user.name, "remove_url": remove_url}
    return render(request, "safety/duty_form.html", context)


@require_safe_or_post
def duty_remove(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Asks once, then takes the turn out of the schedule."""
    turn = _turn(request, public_id)
    back = reverse("safety:duty_list")
    if request.method == "POST":
        services.remove_turn(turn=turn, by=request.user)
        messages.success(request, _("The turn is removed."))
        return redirect(back)
    context = {"turn": turn, "back": back}
    return render(request, "safety/duty_remove.html", context)


@require_safe_or_post
def away_remove(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Asks once, then the person is called again on those days."""
    found = DutyAway.objects.visible_to(request.user).kept_by(request.user).select_related("user")
    away = get_object_or_404(found, public_id=public_id)
    back = reverse("safety:duty_list")
    if request.method == "POST":
        services.remove_days_away(away=away, by=request.user)
        messages.success(request, _("The days away are removed."))
        return redirect(back)
    return render(request, "safety/duty_remove.html", {"away": away, "back": back})
