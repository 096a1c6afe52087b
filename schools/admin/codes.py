"""The organisation's own values in the national code lists; the national ones are nobody's to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peersupport.admin import ScopedAdmin
from schools.admin import help as help_texts
from schools.admin.forms import LocalCodeForm, NewLocalCodeForm
from schools.codes import BY_NAME
from schools.models import LocalCode


@admin.register(LocalCode)
class LocalCodeAdmin(ScopedAdmin):
    """What an own value stands for never changes; its words may, and whether it is offered."""

    list_display = ["label", "code_list", "national_word", "state"]
    list_display_links = ["label"]
    list_filter = ["code_list", "is_offered"]
    search_columns = ("label", "label_en", "label_da")
    search_help_text = _("Search by word.")
    help_texts = help_texts.LOCAL_CODE

    @admin.display(description=_("counts as"))
    def national_word(self, value: LocalCode) -> str:
        return capfirst(BY_NAME[value.code_list].label(value.national_code))

    @admin.display(description=_("status"), empty_value="")
    def state(self, value: LocalCode) -> str:
        return "" if value.is_offered else gettext("no longer offered")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = NewLocalCodeForm if obj is None else LocalCodeForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        words = ["label", "label_en", "label_da", "is_offered"]
        return ["stands_for", *words] if obj is None else ["code_list", "national_word", *words]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else ["code_list", "national_word"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.organisation_id = request.user.acting.organisation_id  # type: ignore[union-attr]
            obj.code_list, _colon, obj.national_code = form.cleaned_data["stands_for"].partition(":")
        super().save_model(request, obj, form, change)
