"""The next step, without a contact."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, uuid_or_none
from visits import services
from visits.forms import NextStepForm
from visits.views.pupils import find_student, open_case, show, student_page


@require_safe_or_post
def next_step_create(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Write the step that counts from now on."""
    student = find_student(request, public_id)
    case = open_case(request, student)
    if case is None:
        messages.warning(request, _("The pupil has no ongoing support, so no step can be written."))
        return redirect(student_page(student))
    form = NextStepForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            services.write_step(case=case, by=request.user, text=form.cleaned_data["text"])
            return student_page(student)

        if path := form.save_once(by=request.user, save=save):
            messages.success(request, _("The next step is saved."))
            return redirect(path)
        status = 409
    return show(request, "visits/next_step_create.html", student, status, form=form)


@require_POST
def next_step_done(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Tick off the step that the page showed, not whichever is the latest by now."""
    student = find_student(request, public_id)
    step = uuid_or_none(request.POST.get("step"))
    if step and services.tick_off(student_id=student.pk, step=step, by=request.user):
        messages.success(request, _("Well done. The step is ticked off."))
    else:
        messages.info(request, _("This step is ticked off already."))
    return redirect(student_page(student))
