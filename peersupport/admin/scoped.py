"""One model's pages in Django admin: rights by role, rows by `visible_to`, nothing deleted."""

import json
from copy import deepcopy
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.forms import DateInput, Field, ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from accounts.reauthentication import ask_who_it_is
from peersupport.admin.lists import KeysetChangeList
from peersupport.lib.search import with_words

# The browser's own calendar: it needs no script.
DAY_INPUT = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ENTRIES = 100  # of a record's changes, the latest


class ScopedAdmin(ModelAdmin):
    """Rights by role, rows by `visible_to`, nothing deleted, log texts without names."""

    is_scoped = True  # what the site registers; what packages bring along it leaves out
    actions = None
    list_key: tuple[str, ...] = ("-pk",)  # the order of lists: columns of an index, unique together
    search_columns: tuple[str, ...] = ()  # what a search looks in (peersupport.lib.search)
    help_texts: dict[str, Any] = {}  # noqa: RUF012  by field, for whoever fills the form in
    sortable_by = ()  # another order would sort the whole table
    show_facets = ShowFacets.NEVER  # it counts every row
    formfield_overrides = {models.DateField: {"widget": DAY_INPUT}}  # noqa: RUF012
    unique_everywhere = ""  # a column whose values other organisations may have taken
    list_per_page = 30

    def _is_admin(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_admin(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: users are stopped, roles are ended, schools are closed."""
        return False

    def writes_roles(self, request: HttpRequest, obj: Any) -> bool:
        """Whether this form grants or ends a role; then who fills it in shows that it is them (TRUST T26)."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only by the filters shown: Django lets any column be guessed at, a password's hash too."""
        return lookup.partition("__")[0] in self.list_filter and "\0" not in str(value)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        visible: models.QuerySet[Any] = self.model._default_manager.visible_to(request.user)
        return visible.order_by()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeysetChangeList

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self.search_columns  # Django's template shows a search where there are some

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return with_words(queryset, search_term, *self.search_columns), False

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        kwargs.setdefault("queryset", db_field.remote_field.model._default_manager.visible_to(request.user))
        kwargs.setdefault("empty_label", gettext("Choose"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        """Without the buttons that open other records in pop-up windows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form class, told who fills it in (`form.by`).

        Django comes here when the record is found and the role let in: the moment to ask who it is.
        """
        if self.writes_roles(request, obj):
            ask_who_it_is(request)
        form = super().get_form(request, obj, change=change, help_texts=self.help_texts, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]
        # Also those that the form declares itself: in copies, as every request's form class shares these.
        form.base_fields = deepcopy(form.base_fields)
        for name, field in form.base_fields.items():
            field.help_text = self.help_texts.get(name, field.help_text)
            field.label = capfirst(field.label)
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What another organisation has taken no form here can see; the database refuses it."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            if not self.unique_everywhere:
                raise
        taken = self.model().unique_error_message(self.model, (self.unique_everywhere,))
        messages.error(request, " ".join(taken.messages))
        return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Writes only what was changed, and a new version, so that another writer's form finds out."""
        if not change:
            obj.save(force_insert=True)
            return
        changed = self.changed_columns(form)
        columns = [field.name for field in obj._meta.concrete_fields if field.name in changed]
        if columns and hasattr(obj, "version"):
            obj.version += 1
            columns.append("version")
        if columns:
            obj.save(update_fields=columns)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what of a record, the latest first. Django's own would count, and show the oldest."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        entries = LogEntry.objects.filter(content_type_id=_content_type_id(record), object_id=str(record.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Changes of %(name)s") % {"name": record},
            "entries": entries.select_related("user").order_by("-id")[:ENTRIES],
            "most": ENTRIES,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "object": record,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def changed_columns(self, form: ModelForm) -> list[str]:
        """The columns that the form has changed; for forms whose fields are not columns."""
        return form.changed_data

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._log(request, obj, 1, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._log(request, obj, 2, message)

    def _log(self, request: HttpRequest, obj: Any, flag: int, message: Any) -> Any:
        """Django's own log row, but with the kind of record and its number for a text: no names in logs."""
        text = f"{obj._meta.model_name} {obj.pk}"
        return LogEntry.objects.create(
            user_id=int(request.user.pk or 0),
            content_type_id=_content_type_id(obj),
            object_id=str(obj.pk),
            object_repr=text,
            action_flag=flag,
            change_message=message if isinstance(message, str) else _as_json(message),
        )


def _content_type_id(obj: models.Model) -> int:
    return ContentType.objects.get_for_model(obj, for_concrete_model=False).pk


def _as_json(message: Any) -> str:
    return json.dumps(message, default=str)
