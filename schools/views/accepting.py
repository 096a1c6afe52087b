"""The invited person's side: the link from the mail, and saying yes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.models import User
from operations.link_pages import LinkOver, enter_link, opened_link, use_link
from operations.models import LinkKind
from operations.services import OpenedLink
from peersupport.lib.http import require_safe_or_post
from schools import services
from schools.forms.invitations import NewAccountForm


@login_not_required
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the mail: takes the token out of sight and goes on to the page."""
    return enter_link(request, LinkKind.INVITATION, token, to=reverse("schools:invitation_accept"))


@login_not_required
@sensitive_post_parameters("password", "again")
@require_safe_or_post
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Who offers what. Whoever has an account signs in and says yes; others make theirs here."""
    link = opened_link(request, LinkKind.INVITATION)
    try:
        offer = services.opened_offer()
        form = None
        if not offer.has_account and not request.user.is_authenticated:
            form = NewAccountForm(request.POST or None, email=offer.email, initial=_names(offer))
        is_theirs = request.user.is_authenticated and request.user.email == offer.email
        if request.method == "POST" and (is_theirs or (form is not None and form.is_valid())):
            return _accept(request, link, offer, form)
    except services.InvitationOver as error:
        raise LinkOver from error
    context = {"offer": offer, "form": form, "is_theirs": is_theirs}
    return render(request, "schools/invitation_accept.html", context)


def _names(offer: services.Offer) -> dict[str, str]:
    return {"given_name": offer.given_name, "family_name": offer.family_name}


def _accept(
    request: HttpRequest, link: OpenedLink, offer: services.Offer, form: NewAccountForm | None
) -> HttpResponse:
    if form is not None:
        names = {name: form.cleaned_data[name] for name in ("given_name", "family_name")}
        user = services.make_account(offer=offer, password=form.cleaned_data["password"], **names)
    else:
        assert isinstance(request.user, User)
        user = request.user
    answer = services.accept_invitation(offer=offer, user=user)
    use_link(request, link)
    messages.success(request, _thanks(answer, has_new_account=form is not None))
    return redirect("account_login" if form is not None else "accounts:profile")


def _thanks(answer: services.Acceptance, *, has_new_account: bool) -> str:
    if answer == services.Acceptance.WAITS:
        text = _("Thank you. The role begins when a colleague of the organisation has confirmed it.")
    elif answer == services.Acceptance.HELD:
        text = _("You have this role already.")
    else:
        text = _("Welcome! The role is yours.")
    if not has_new_account:
        return text
    sign_in = _("Sign in with your new password.")
    return f"{text} {sign_in}"
