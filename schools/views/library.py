"""Länkar: the library that supporters look in and coordinators keep."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from peersupport.lib.forms import conflict
from peersupport.lib.http import AuthenticatedHttpRequest, require_safe_or_post, requires
from peersupport.lib.pages import keyset_page, paging
from schools import services
from schools.forms.library import LinkFilterForm, LinkForm, LinkSearchForm, NewLinkForm
from schools.library import link_rows
from schools.models import LibraryLink, LibraryLinkQuerySet, Role

PAGE_SIZE = 30
READ_IT = (Role.COORDINATOR, Role.PEER_SUPPORTER)


@require_safe_or_post
@requires(*READ_IT)
def library(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The links by title (`?kind=help&purpose=coping`); a POST looks for words in them."""
    user = request.user
    is_keeper = services.keeps_library(user)
    filter_form = LinkFilterForm(request.GET, user=user)
    search_form = LinkSearchForm(request.POST or None)
    links: Any = LibraryLink.objects.visible_to(user).by_title()
    if is_keeper:
        links = links.select_related("changed_by")
    if search_form.is_valid():
        words = search_form.cleaned_data["words"]
        links = links.filter(Q(title__icontains=words) | Q(text__icontains=words) | Q(url__icontains=words))
    else:
        links = filter_form.apply(links)
    page = keyset_page(links, request.GET.get("after"), size=PAGE_SIZE, key=("list_key", "pk"))
    context = {
        "rows": link_rows(page.rows, user, is_keeper=is_keeper),
        "is_keeper": is_keeper,
        "filter_form": filter_form,
        "search_form": search_form,
        "is_narrowed": search_form.is_bound or bool(filter_form.chosen),
        **paging(request, page),
    }
    return render(request, "schools/library.html", context)


@require_safe_or_post
@requires(Role.COORDINATOR)
def library_link_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new link, for the whole organisation."""
    _keep(request)
    form = NewLinkForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            answer = form.save_once(by=request.user, save=lambda: _add(request, form))
        except services.LinkIsThere:
            _say_it_is_there(form)
        else:
            if answer:
                messages.success(request, _("The link is in the library."))
                return redirect(answer)
    status = 409 if form.is_bound and form.non_field_errors() else 200
    return render(request, "schools/library_link_create.html", {"form": form}, status=status)


def _keep(request: AuthenticatedHttpRequest) -> None:
    if not services.keeps_library(request.user):
        raise PermissionDenied


def _add(request: AuthenticatedHttpRequest, form: NewLinkForm) -> str:
    services.add_link(by=request.user, words=form.words())
    return reverse("schools:library")


def _say_it_is_there(form: Any) -> None:
    form.add_error("url", _("This address is in the library already."))


def _find(request: AuthenticatedHttpRequest, links: LibraryLinkQuerySet, public_id: UUID) -> LibraryLink:
    """One of `links`, for those who keep the library: 404 when unseen, 403 for its readers."""
    link = get_object_or_404(links, public_id=public_id)
    _keep(request)
    return link


@require_safe_or_post
def library_link_edit(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Changes a link; the second writer is shown both texts."""
    link = _find(request, LibraryLink.objects.visible_to(request.user), public_id)
    back = reverse("schools:library")
    start = LinkForm.values_of(link)
    form = LinkForm(request.POST or None, initial=start, user=request.user, kept=link.purposes)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.edit_link(link=link, by=request.user, version=version, words=form.words())
        except services.LinkIsThere:
            _say_it_is_there(form)
        except services.ChangedMeanwhile:
            stored = LinkForm(initial=start, user=request.user, kept=link.purposes)
            return conflict(request, form=form, stored=stored, version=link.version, cancel_url=back)
        else:
            messages.success(request, _("The link is saved."))
            return redirect(back)
    return render(request, "schools/library_link_edit.html", {"form": form, "link": link})


@require_POST
def library_link_withdraw(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """One tap; the message offers to undo it."""
    link = _find(request, services.all_links(by=request.user), public_id)
    services.withdraw_link(link=link, by=request.user)
    undo = reverse("schools:library_link_put_back", args=[link.public_id])
    messages.success(request, _("The link is taken out of the library."), extra_tags=undo)
    return redirect("schools:library")


@require_POST
def library_link_put_back(request: AuthenticatedHttpRequest, public_id: UUID) -> HttpResponse:
    """Undo: it is in the library again."""
    link = _find(request, services.all_links(by=request.user), public_id)
    try:
        services.put_back_link(link=link, by=request.user)
    except services.LinkIsThere:
        messages.warning(request, _("This address is in the library already."))
    else:
        messages.success(request, _("The link is in the library again."))
    return redirect("schools:library")
