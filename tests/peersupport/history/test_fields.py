"""Every model and every field has been decided on: history, a change noticed, or nothing."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db import models

from peersupport.lib.history import (
    NOT_TRACKED,
    Event,
    events_of,
    keeps_values_of,
    tracked_models,
    tracking_of,
)
from tests.conventions.source import FLOORS, listed
from tests.peersupport.rights import raw

HOW = (
    "Decide beside the model. @track(kept=…) keeps what ids, states, dates, numbers and booleans hold; noticed=…"
    " says only that a name, a number or a text was changed; left_out=… is for copies and what is computed."
    " A model without history says @not_tracked('why'). Then makemigrations, and for a new table of events"
    " scope/policies/history.py (or its CLOSED_TABLES), tests/peersupport/allowed_rows/history.py, and, if a page"
    " of changes shall tell of it, overviews/rows/changes/sources.py."
)


def own_models() -> list[type[models.Model]]:
    ours = (model for model in apps.get_models() if model.__module__.split(".")[0] in FLOORS)
    return [model for model in ours if not issubclass(model, Event)]


def test_every_model_has_history_or_says_why_not():
    undecided = {
        model._meta.label
        for model in own_models()
        if model not in tracked_models() and model._meta.label not in NOT_TRACKED
    }
    assert not undecided, f"{HOW}{listed(undecided)}"


# Whose trace is kept elsewhere, or is nobody's business: the reasons beside the models say which.
TRACED_ELSEWHERE = {
    *("accounts.ListFilter", "accounts.Session", "operations.FormKey", "schools.Invitation"),
    *("schools.LocalCode", "schools.SchoolBreak", "supporters.LivedExperience", "visits.ContactNote"),
    *("visits.SupervisionTopic", "safety.HomeVisit", "safety.Alarm", "safety.WorkPhone"),
}
MAY_BE_CHANGED = """
select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped
   and has_column_privilege('peersupport_web', attrelid, attnum, 'update')
"""


@pytest.mark.django_db
def test_a_row_without_history_says_itself_who_changed_it():
    """Of a row whose reason is that it says so itself, nobody may change more than who and when."""
    wrong = set()
    for label in NOT_TRACKED.keys() - TRACED_ELSEWHERE:
        columns = {column for (column,) in raw(MAY_BE_CHANGED, apps.get_model(label)._meta.db_table)}
        wrong |= {
            f"{label}.{column}" for column in columns if not column.endswith(("_at", "_by_id", "version"))
        }
    assert not wrong, f"{HOW}{listed(wrong)}"


def test_every_field_of_a_model_with_history_is_decided_on():
    wrong = set()
    for model in tracked_models():
        sorted_ = tracking_of(model)
        named = [*sorted_.kept, *sorted_.noticed, *sorted_.left_out]
        fields = {field.name for field in model._meta.concrete_fields}
        label = model._meta.label
        wrong |= {f"{label}.{name} is in none of the lists" for name in fields - set(named)}
        wrong |= {f"{label}.{name} is in two lists" for name in named if named.count(name) > 1}
        gone = {*sorted_.kept, *sorted_.noticed} - fields
        wrong |= {f"{label}.{name} is no field" for name in gone}
    assert not wrong, f"{HOW}{listed(wrong)}"


def test_history_keeps_nothing_that_somebody_has_written():
    wrong = {
        f"{model._meta.label}.{name}"
        for model in tracked_models()
        for name in tracking_of(model).kept
        if not keeps_values_of(model._meta.get_field(name))
    }
    assert not wrong, f"Free text, a name, a number or an address belongs in noticed=….{listed(wrong)}"


def test_an_event_has_the_kept_columns_and_its_own_and_no_other():
    for model in tracked_models():
        events = events_of(model)
        columns = {field.name for field in events._meta.concrete_fields}
        own = {name for name in columns if name.startswith("pgh_")}
        assert columns - own == set(tracking_of(model).kept), model
        assert own == {
            *("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj"),
            *("pgh_by", "pgh_role", "pgh_membership_id", "pgh_was"),
        }, model


CODES = [("a", "A")]


@pytest.mark.parametrize(
    ("field", "is_kept"),
    [
        (models.CharField(max_length=9), False),
        (models.CharField(max_length=9, choices=CODES), True),
        (models.TextField(), False),
        (models.EmailField(), False),
        (models.URLField(), False),
        (models.SlugField(), False),
        (models.JSONField(), False),
        (models.FileField(), False),
        (models.GenericIPAddressField(), False),
        (ArrayField(models.CharField(max_length=9)), False),
        (ArrayField(models.CharField(max_length=9, choices=CODES)), True),
        (ArrayField(ArrayField(models.TextField())), False),
        (models.DateField(), True),
        (models.BooleanField(), True),
        (models.BigIntegerField(), True),
        (models.UUIDField(), True),
        (models.ForeignKey("schools.School", on_delete=models.PROTECT), True),
    ],
)
def test_what_kind_of_field_may_be_kept(field, is_kept):
    assert keeps_values_of(field) is is_kept


def test_no_table_of_events_is_in_the_admin():
    names = {model._meta.label for model in admin.site._registry}
    assert not names & {events_of(model)._meta.label for model in tracked_models()}
    assert not {name for name in names if name.startswith(("pghistory.", "pgtrigger."))}
