"""How long an organisation waits, and one's own number at work."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from safety import services
from safety.forms.duty import RulesForm, WorkPhoneForm
from schools.models import Role


@require_safe_or_post
@requires(Role.COORDINATOR)
def rules_edit(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The three times, each with what it means."""
    rules = services.rules_of(request.user)
    version, back = rules.version, reverse("safety:duty_list")
    stored = RulesForm(instance=services.rules_of(request.user)) if request.method == "POST" else None
    form = RulesForm(request.POST or None, instance=rules, initial={"version": version})
    if request.method == "POST" and form.is_valid():
        rules.version = form.cleaned_data["version"] or version
        try:
            services.save_rules(rules=rules, by=request.user)
        except services.ChangedMeanwhile:
            assert stored is not None  # noqa: S101  made for every POST
            return conflict(request, form=form, stored=stored, version=version, cancel_url=back)
        messages.success(request, _("The times are saved. They hold from now on."))
        return redirect(back)
    return render(request, "safety/rules_edit.html", {"form": form, "back": back, "rules": rules})


@require_safe_or_post
def work_phone(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The number by which one is reached at work, in the organisation acted in."""
    if request.user.acting.organisation_id is None:
        raise PermissionDenied
    form = WorkPhoneForm(request.POST or None, initial={"phone": services.work_phone(request.user)})
    back = reverse("accounts:profile")
    if request.method == "POST" and form.is_valid():
        services.save_work_phone(phone=form.cleaned_data["phone"], by=request.user)
        messages.success(request, _("The number is saved."))
        return redirect(back)
    return render(request, "safety/work_phone.html", {"form": form, "back": back})
