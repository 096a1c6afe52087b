"""People and their roles. Users are here and not in accounts: a user is made with a first role."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import SEARCHED, User
from accounts.services import end_sessions
from peersupport.admin import ScopedAdmin
from peersupport.lib.dates import period_text
from schools import services
from schools.admin import help as help_texts
from schools.admin.forms import ChangedMembershipForm, NewMembershipForm, NewUserForm
from schools.models import Membership, Organisation


def _user(request: HttpRequest) -> User:
    """Whoever is past the site's `has_permission` is signed in."""
    return cast(User, request.user)


@admin.register(User)
class UserAdmin(ScopedAdmin):
    """People of the organisation. The address stays: whoever gets its mail can choose a new password."""

    list_display = ["name", "email", "state"]
    list_display_links = ["name"]
    list_filter = ["is_active"]
    list_key = ("list_key", "pk")
    search_columns = SEARCHED
    search_help_text = _("Search by name or e-mail address; parts of words will do.")
    help_texts = help_texts.USER

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).by_name()  # type: ignore[attr-defined]

    @admin.display(description=_("name"))
    def name(self, user: User) -> str:
        return user.name

    @admin.display(description=_("status"), empty_value="")
    def state(self, user: User) -> str:
        return "" if user.is_active else gettext("may not sign in")

    def writes_roles(self, request: HttpRequest, obj: Any) -> bool:
        """A new person gets a first role."""
        return obj is None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["email", "given_name", "family_name", "phone", "role", "school"]
        return ["email", "given_name", "family_name", "phone", "is_active", "needs_second_factor"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return []
        own = ["is_active"] if obj.pk == request.user.pk else []
        return ["email", "needs_second_factor", *own]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only of people who work here and nowhere else. One who has left, or works for another organisation
        too, is not this administrator's to rename or to stop. Their role here can still be ended.
        """
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        here = Membership.objects.visible_to(_user(request)).filter(
            user=obj, organisation=_user(request).acting.organisation_id
        )
        return here.not_over().exists() and not services.works_elsewhere(obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            end_sessions(of=obj)
        if not change:
            self._grant_first_role(request, obj, form)

    def _grant_first_role(self, request: HttpRequest, user: User, form: NewUserForm) -> None:
        services.grant_membership(
            user=user,
            role=form.cleaned_data["role"],
            organisation=Organisation.objects.visible_to(_user(request)).get(),
            school=form.cleaned_data["school"],
            by=_user(request),
        )
        text = gettext("Ask the person to choose a password: “Forgot your password?” on the sign-in page.")
        messages.info(request, text)


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """Roles, granted and ended by the service that knows the rules (TRUST T26)."""

    list_display = ["person", "role", "place", "period", "state"]
    list_display_links = ["person"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation", "school"]
    list_key = ("-pk",)  # the latest first; an order by name would have to sort them all
    search_columns = SEARCHED
    search_help_text = _("Search by name or e-mail address; parts of words will do.")
    help_texts = help_texts.MEMBERSHIP

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Of whom the words are found among the users, by their index."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(user__in=User.objects.get_queryset().found(search_term).values("pk")), False

    @admin.display(description=_("name"))
    def person(self, membership: Membership) -> str:
        return membership.user.name

    @admin.display(description=_("where"))
    def place(self, membership: Membership) -> str:
        return membership.scope_name

    @admin.display(description=_("when"))
    def period(self, membership: Membership) -> str:
        return period_text(membership.valid_from, membership.valid_to)

    @admin.display(description=_("status"), empty_value="")
    def state(self, membership: Membership) -> str:
        if membership.is_over:
            return gettext("ended")
        return "" if membership.confirmed_at else gettext("waits for confirmation")

    @admin.display(description=_("confirmed"))
    def is_confirmed(self, membership: Membership) -> str:
        return gettext("Yes") if membership.confirmed_at else gettext("No")

    def get_queryset(self, request: HttpRequest) -> Any:
        here: Any = super().get_queryset(request)
        return here.filter(organisation=_user(request).acting.organisation_id).with_people()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never one's own, and none that is over."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return services.may_end(membership=obj, by=_user(request)) and not obj.is_over

    def writes_roles(self, request: HttpRequest, obj: Any) -> bool:
        """Always, but where a role is only shown."""
        return obj is None or self.has_change_permission(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = NewMembershipForm
        elif self.has_change_permission(request, obj):
            kwargs["form"] = ChangedMembershipForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["email", "role", "school", "valid_from", "valid_to"]
        told = ["person", "role", "place", "granted_by", "is_confirmed", "valid_from", "valid_to"]
        return [*told, "ends_now"] if self.has_change_permission(request, obj) else told

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return []
        told = ["person", "role", "place", "granted_by", "is_confirmed", "valid_from"]
        return told if self.has_change_permission(request, obj) else [*told, "valid_to"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            self._set_end(request, obj, form)
            return
        grant = form.grant()
        granted = services.grant_membership(**grant, by=_user(request))
        obj.__dict__.update({name: value for name, value in granted.__dict__.items() if name != "_state"})

    def _set_end(self, request: HttpRequest, obj: Membership, form: Any) -> None:
        if form.cleaned_data.get("ends_now"):
            obj.valid_to = form.initial["valid_to"]
            services.end_membership(membership=obj, by=_user(request))
        elif "valid_to" in form.changed_data:
            last_day, obj.valid_to = obj.valid_to, form.initial["valid_to"]
            services.set_last_day(membership=obj, by=_user(request), last_day=last_day)
