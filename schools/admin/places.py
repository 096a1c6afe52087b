"""Schools, whom to ring there, and the organisation with its settings."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peersupport.admin import ScopedAdmin
from peersupport.lib.ordering import swedish_order
from schools.admin import help as help_texts
from schools.admin.forms import OFFERED, OrganisationAdminForm, SchoolAdminForm
from schools.models import Organisation, School, SchoolContact, SchoolStatus


@admin.register(School)
class SchoolAdmin(ScopedAdmin):
    """Schools of the organisation; one that is closed keeps its history."""

    form = SchoolAdminForm
    unique_everywhere = "unit_code"
    fields = ["name", "unit_code", "municipality_code", "forms", "grades", "status", "phone"]
    list_display = ["name", "unit_code", "grades", "state"]
    list_filter = ["status"]
    list_key = ("list_key", "pk")
    search_columns = ("name", "unit_code")
    search_help_text = _("Search by name or school unit code.")
    help_texts = help_texts.SCHOOL

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).by_name()  # type: ignore[attr-defined]

    @admin.display(description=_("status"), empty_value="")
    def state(self, school: School) -> str:
        return "" if school.status == SchoolStatus.ACTIVE else str(school.get_status_display())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.organisation_id = request.user.acting.organisation_id  # type: ignore[union-attr]
        super().save_model(request, obj, form, change)


@admin.register(SchoolContact)
class SchoolContactAdmin(ScopedAdmin):
    """Whom to ring at a school."""

    fields = ["school", "function", "name", "email", "phone"]
    list_display = ["function", "name", "school"]
    list_select_related = ["school"]
    list_key = ("school_key", "pk")
    search_columns = ("function", "name", "school__name")
    search_help_text = _("Search by function, name or school.")
    help_texts = help_texts.SCHOOL_CONTACT

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(school_key=swedish_order("school__name", "function"))


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    """One's own organisation and its settings, which are rules of the programme."""

    form = OrganisationAdminForm
    unique_everywhere = "number"
    fieldsets = [
        (_("Who we are"), {"fields": ["name", "kind", "number", "municipality_code"]}),
        (
            _("Rules of the programme"),
            {
                "fields": [
                    *("days_without_contact", "days_before_first_contact", "counts_school_days"),
                    *("counted_kinds", "students_per_full_time"),
                ],
                "description": _("The same on every page, in every list and in every report."),
            },
        ),
        (
            _("Our words"),
            {
                "fields": ["target_group_one", "target_group_many"],
                "description": _("Where staff read. Never stored on a pupil and never shown to a family."),
            },
        ),
        (
            _("What our forms offer"),
            {
                "fields": list(OFFERED),
                "description": _(
                    "Untick what you never use, and no form offers it any more. What has been written keeps"
                    " its word. The national lists are the same everywhere and cannot be changed here."
                ),
            },
        ),
    ]
    readonly_fields = ["kind"]
    list_display = ["name", "kind", "days_without_contact", "students_per_full_time"]
    list_key = ("name", "pk")
    help_texts = help_texts.ORGANISATION

    def changed_columns(self, form: Any) -> list[str]:
        offers = ["hidden_codes"] if set(form.changed_data) & set(OFFERED) else []
        kinds = ["uncounted_kinds"] if "counted_kinds" in form.changed_data else []
        return [*super().changed_columns(form), *offers, *kinds]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new organisation is made by the operator."""
        return False
