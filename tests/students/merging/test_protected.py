"""A merge keeps the protection, and never tells what it covers."""

import pytest

from peersupport.demo.factories import StudentFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import ProtectionChange, Referral, Whereabouts
from tests.peersupport.rights import raw
from tests.students.merging.records import everything, fresh, merge, unmerge

pytestmark = pytest.mark.django_db


def test_merge_keeps_the_protected_record_and_its_alias(coordinator, kept, school):
    sealed = StudentFactory(school=school, protection="marked", given_name="Hemlig", family_name="Provperson")
    assert services.Pair.of(kept, sealed) == services.Pair(sealed, kept)
    before = everything()
    made = merge(coordinator, sealed, kept)
    row = fresh(sealed)
    assert (row.is_protected, row.alias) == (True, sealed.alias)
    with owner():
        assert set(Referral.objects.values_list("given_name", "search_key")) == {("", "")}
    with scope(coordinator):
        assert raw("select student_id from students_identity").fetchall() == []
    unmerge(coordinator, made)
    assert everything() == before


def test_merge_of_a_protected_record_into_an_open_one_is_refused(coordinator, kept, school):
    sealed = StudentFactory(school=school, protection="marked")
    with pytest.raises(services.NotToBeMerged):
        merge(coordinator, kept, sealed)


def test_merge_raises_the_protection_to_the_higher_one(coordinator, school):
    one, two = (StudentFactory(school=school, protection=level) for level in ("local", "registration"))
    made = merge(coordinator, one, two)
    assert fresh(one).protection == "registration"
    unmerge(coordinator, made)
    assert fresh(one).protection == "local"
    with owner():
        changes = ProtectionChange.objects.order_by("pk").values_list("before", "after")
        assert list(changes) == [("local", "registration"), ("registration", "local")]


def test_merge_never_takes_an_open_address_into_a_protected_record(coordinator, absorbed, school):
    sealed = StudentFactory(school=school, protection="marked")
    merge(coordinator, sealed, absorbed, whereabouts="absorbed")
    with owner():
        assert not Whereabouts.objects.exists()
