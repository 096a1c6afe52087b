"""What supporters tell about themselves. Their lived experience is theirs to write, share and delete."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from schools.models import Role
from supporters import services
from supporters.forms import LivedExperienceForm, OwnProfileForm
from supporters.models import LivedExperience, PeerSupporter


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def own_profile(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Languages, interests, presentation; and the way to one's own words about one's experience."""
    supporter = PeerSupporter.objects.visible_to(request.user).with_people().first()
    if supporter is None:
        return render(request, "supporters/own_profile_missing.html")
    version, stored = supporter.version, OwnProfileForm(instance=supporter)
    form = OwnProfileForm(request.POST or None, instance=supporter, initial={"version": version})
    if request.method == "POST" and form.is_valid():
        supporter.version = form.cleaned_data["version"] or version
        try:
            services.change_supporter(supporter=supporter, by=request.user, fields=services.OWN_PROFILE)
        except services.ChangedMeanwhile:
            back = reverse("supporters:own_profile")
            return conflict(request, form=form, stored=stored, version=version, cancel_url=back)
        messages.success(request, _("Your profile is saved."))
        return redirect("supporters:own_profile")
    context = {
        "form": form,
        "supporter": supporter,
        "experience": _own_words(request, supporter),
        "shared": services.shared_with(request.user),
    }
    return render(request, "supporters/own_profile.html", context)


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def lived_experience(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own words about one's experience, and who sees them; withdrawn at once."""
    supporter = get_object_or_404(PeerSupporter.objects.visible_to(request.user))
    experience = _own_words(request, supporter)
    form = LivedExperienceForm(
        request.POST or None, instance=experience or LivedExperience(supporter=supporter)
    )
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("text", "sharing")}
        services.write_lived_experience(supporter=supporter, by=request.user, **words)
        messages.success(request, _("Saved. You can change it or delete it whenever you like."))
        return redirect("supporters:own_profile")
    context = {"form": form, "experience": experience}
    return render(request, "supporters/lived_experience.html", context)


@require_safe_or_post
@requires(Role.PEER_SUPPORTER)
def lived_experience_delete(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Deletes the words at once."""
    supporter = get_object_or_404(PeerSupporter.objects.visible_to(request.user))
    if request.method == "POST":
        services.delete_lived_experience(supporter=supporter, by=request.user)
        messages.success(request, _("Deleted. Nobody sees it any more."))
        return redirect("supporters:own_profile")
    return render(request, "supporters/lived_experience_delete.html")


def _own_words(request: AuthenticatedHttpRequest, supporter: PeerSupporter) -> LivedExperience | None:
    return LivedExperience.objects.visible_to(request.user).filter(supporter=supporter).first()
