"""One model's pages in Django admin: rights by role, rows by `visible_to`, nothing deleted."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.forms import Field, ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.reauthentication import ask_who_it_is


class ScopedAdmin(ModelAdmin):
    """Rights by role, rows by `visible_to`, nothing deleted, log texts without names."""

    is_scoped = True  # what the site registers; what packages bring along it leaves out
    actions = None
    unique_everywhere = ""  # a column whose values other organisations may have taken
    show_full_result_count = False
    list_per_page = 50

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
        return visible.order_by(*self.get_ordering(request))

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        kwargs.setdefault("queryset", db_field.remote_field.model._default_manager.visible_to(request.user))
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
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined]
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
        columns = [field.name for field in obj._meta.concrete_fields if field.name in form.changed_data]
        if columns and hasattr(obj, "version"):
            obj.version += 1
            columns.append("version")
        if columns:
            obj.save(update_fields=columns)

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
