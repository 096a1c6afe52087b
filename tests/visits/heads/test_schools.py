"""At which school heads are counted."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import ProgrammingError
from django.db.transaction import atomic
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    PeerSupporterFactory,
    PlacementFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from tests.peersupport.rights import raw
from tests.visits.contacts.form import form_of
from tests.visits.heads.form import CREATE, heads_form, only, saved_count, school_of, stored
from visits.models import Contact

pytestmark = pytest.mark.django_db


def test_heads_create_takes_the_only_school_and_asks_where_there_are_two(me, supporter, organisation):
    first = school_of(supporter)
    assertContains(me.get(CREATE), first.name)
    assert "school" not in me.get(CREATE).context["form"].fields
    me.post(CREATE, heads_form())
    assert only().school_id == first.pk

    second = SchoolFactory(organisation=organisation)
    PlacementFactory(supporter=supporter, school=second, percent=10)
    assert me.post(CREATE, heads_form(place="kiosken")).context["form"].errors["school"]
    me.post(CREATE, heads_form(school=str(second.public_id)))
    assert [contact.school_id for contact in stored()] == [first.pk, second.pk]


def test_heads_create_knows_no_school_where_one_is_not_placed(me, supporter, organisation):
    second, elsewhere = SchoolFactory.create_batch(2, organisation=organisation)
    PlacementFactory(supporter=supporter, school=second, percent=10)
    response = me.post(CREATE, heads_form(school=str(elsewhere.public_id)))

    assert response.context["form"].errors["school"] and not saved_count()


def test_heads_create_tells_a_supporter_without_placement(client, organisation):
    client.force_login(PeerSupporterFactory(school=None, organisation=organisation).user)

    assertContains(client.get(CREATE), "inte placerad på någon skola")
    client.post(CREATE, heads_form())
    assert not saved_count()


@pytest.mark.parametrize("where", ["nowhere", "elsewhere"])
def test_the_database_takes_no_heads_at_a_school_of_others(supporter, organisation, where):
    elsewhere = SchoolFactory(organisation=organisation)
    row = Contact(author=supporter.user, supporter=supporter, kind="drop_in", minutes=5, head_count=2)
    row.school = elsewhere if where == "elsewhere" else None
    with scope(supporter.user), pytest.raises(ProgrammingError, match="row-level security"), atomic():
        row.save(force_insert=True)


def test_heads_of_a_school_one_has_left_can_be_corrected(me, supporter, organisation):
    me.post(CREATE, heads_form())
    first, second = school_of(supporter), SchoolFactory(organisation=organisation)
    with owner():
        supporter.placements.update(
            ends_on=today() - timedelta(days=100), starts_on=today() - timedelta(days=200)
        )
        PlacementFactory(supporter=supporter, school=second)
    edit = reverse("visits:contact_edit", args=[only().public_id])
    assert me.get(edit).context["form"]["school"].value() == str(first.public_id)

    me.post(edit, heads_form(heads="15", school=str(first.public_id)) | {"version": 1})
    assert (only().head_count, only().school_id) == (15, first.pk)


def test_heads_from_before_the_school_was_asked_for_are_withdrawn_as_they_are(me, supporter):
    with owner():
        row = {"author": supporter.user, "supporter": supporter, "kind": "drop_in", "minutes": 5}
        Contact.objects.create(head_count=2, **row)
    me.post(reverse("visits:contact_withdraw", args=[only().public_id]), {"version": 1, "reason": "mistake"})

    assert only().is_withdrawn and only().school_id is None


def test_heads_from_before_get_the_only_school_of_that_day(supporter, organisation):
    first, second = school_of(supporter), SchoolFactory(organisation=organisation)
    both = PeerSupporterFactory(school=first)
    PlacementFactory(supporter=both, school=second)
    nowhere = PeerSupporterFactory(school=None, organisation=organisation)
    with owner():
        for one in (supporter, both, nowhere):
            row = {"author": one.user, "supporter": one, "kind": "drop_in", "minutes": 5, "head_count": 2}
            Contact.objects.create(**row)
        before = {"author": supporter.user, "supporter": supporter, "kind": "drop_in", "minutes": 5}
        Contact.objects.create(head_count=1, occurred_at=timezone.now() - timedelta(days=999), **before)
        raw(import_module("visits.migrations.0024_heads_at_a_school").FILL)

    assert [contact.school_id for contact in stored()] == [first.pk, None, None, None]


def test_heads_stand_on_no_pupils_page(me, supporter):
    mine = AssignmentFactory(supporter=supporter, case__student__school=school_of(supporter))
    me.post(CREATE, heads_form(place="skolgården i dag"))
    me.post(reverse("visits:contact_create"), form_of(mine))

    page = me.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    assertNotContains(page, "skolgården i dag")
    assertNotContains(page, "12 personer")
