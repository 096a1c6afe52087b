"""Fields of filters and searches, which stand on the pages opened most."""

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import template
from django.forms import BoundField, Select, TextInput
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
FIELD = '<div id="div_{}" class="field"><label for="{}" class="form-label">{}</label>{}</div>'


@register.filter
def plain_field(field: BoundField) -> SafeString:
    """A select or a line of text, drawn at once as bootstrap5/field.html draws it; the others by crispy.

    Nobody must choose anything in a filter, so nothing says "(if you like)".
    Crispy's templates for five selects cost more than the list they filter.
    """
    widget = field.field.widget
    if field.errors or field.help_text or not isinstance(widget, Select | TextInput):
        return SafeString(as_crispy_field(field))
    look = "form-select" if isinstance(widget, Select) else "form-control"
    drawn = field.as_widget(attrs={"class": look})
    return format_html(FIELD, field.auto_id, field.id_for_label, field.label, drawn)
