"""Till handledningen: the supporter's own list, which nobody else reads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peersupport.lib.dates import day_of, short_date
from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools.models import Role
from visits import services
from visits.forms import TopicEditForm, TopicForm
from visits.models import SupervisionTopic
from visits.views.contacts import warnings_for

MOST, LATELY = 100, 10  # what is to be talked about, and what has been


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def supervision_topic_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The list, and a new topic for it."""
    form = TopicForm(request.POST or None)
    warnings = []
    if request.method == "POST" and form.is_valid():
        warnings = warnings_for(request, [form])
        if not warnings and (answer := form.save_once(by=request.user, save=lambda: _add(request, form))):
            messages.success(request, _("It stands in your list. Only you see it."))
            return redirect(answer)
    mine = SupervisionTopic.objects.visible_to(request.user)
    context = {
        "form": form,
        "problems": (),
        "warnings": warnings,
        "is_warned": bool(warnings) or "warned" in request.POST,
        "topics": [_row(topic) for topic in mine.open().order_by("-created_at")[:MOST]],
        "done": [_row(topic) for topic in mine.filter(done_at__isnull=False).order_by("-done_at")[:LATELY]],
    }
    status = 409 if form.is_bound and form.non_field_errors() else 200
    return render(request, "visits/supervision_topic_list.html", context, status=status)


def _add(request: AuthenticatedHttpRequest, form: TopicForm) -> str:
    services.add_topic(by=request.user, text=form.cleaned_data["topic"])
    return reverse("visits:supervision_topic_list")


def _row(topic: SupervisionTopic) -> dict[str, Any]:
    return {
        "public_id": topic.public_id,
        "text": topic.text,
        "when": short_date(day_of(topic.done_at or topic.created_at)),
    }


def _find(request: AuthenticatedHttpRequest, public_id: UUID) -> SupervisionTopic:
    """One's own, so that for everybody else there is none; a role without such a list gets 403."""
    topic = get_object_or_404(SupervisionTopic.objects.visible_to(request.user), public_id=public_id)
    if request.user.acting.role != Role.PEER_SUPPORTER:
        raise PermissionDenied
    return topic


@require_safe_or_post
def supervision_topic_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Written anew; its earlier words are kept nowhere."""
    topic = _find(request, public_id)
    start = {"topic": topic.text, "version": topic.version}
    form = TopicEditForm(request.POST or None, initial=start)
    back = reverse("visits:supervision_topic_list")
    warnings = []
    if request.method == "POST" and form.is_valid():
        warnings = warnings_for(request, [form])
        if not warnings:
            return _edit(request, topic, form, stored=TopicEditForm(initial=start), back=back)
    context = {
        "form": form,
        "topic": topic,
        "problems": (),
        "warnings": warnings,
        "is_warned": bool(warnings) or "warned" in request.POST,
        "back_url": back,
    }
    return render(request, "visits/supervision_topic_edit.html", context)


def _edit(
    request: AuthenticatedHttpRequest,
    topic: SupervisionTopic,
    form: TopicEditForm,
    *,
    stored: TopicEditForm,
    back: str,
) -> HttpResponse:
    cleaned = form.cleaned_data
    try:
        services.edit_topic(
            topic=topic, by=request.user, version=cleaned["version"] or 0, text=cleaned["topic"]
        )
    except services.Overtaken:
        return conflict(request, form=form, stored=stored, version=topic.version, cancel_url=back)
    messages.success(request, _("It is saved."))
    return redirect(back)


@require_POST
def supervision_topic_done(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One tap; the message offers to undo it."""
    topic = _find(request, public_id)
    services.finish_topic(topic=topic, by=request.user)
    undo = reverse("visits:supervision_topic_reopen", args=[topic.public_id])
    messages.success(request, _("You have talked about it."), extra_tags=undo)
    return redirect("visits:supervision_topic_list")


@require_POST
def supervision_topic_reopen(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: it is to be talked about."""
    services.reopen_topic(topic=_find(request, public_id), by=request.user)
    messages.success(request, _("It stands in your list again."))
    return redirect("visits:supervision_topic_list")


@require_safe_or_post
def supervision_topic_delete(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """For good, after a question: nothing of it is kept."""
    topic = _find(request, public_id)
    back = reverse("visits:supervision_topic_list")
    if request.method == "POST":
        services.delete_topic(topic=topic, by=request.user)
        messages.success(request, _("It is deleted."))
        return redirect(back)
    context = {"topic": topic, "back_url": back}
    return render(request, "visits/supervision_topic_delete.html", context)
