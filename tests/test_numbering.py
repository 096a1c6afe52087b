"""Factories begin anew with each test, and no pupil bears a reader's name."""

from peersupport.demo.factories import ReferralFactory, SchoolFactory, StudentFactory, UserFactory
from peersupport.demo.owner import owner
from students.models import Identity
from tests.numbering import NAMES, begin_at


def test_numbers_and_names_begin_anew(db):
    for number in (0, 7):
        begin_at(number)
        assert (SchoolFactory().name, UserFactory().name) == (f"Provskolan {number}", "Alva Exempelsson")


def test_no_kind_has_the_whole_name_of_another(db):
    school, staff = SchoolFactory(), UserFactory()
    users = {(one.given_name, one.family_name) for one in UserFactory.create_batch(24)}
    asked = ReferralFactory.create_batch(24, school=school, referred_by=staff)
    referrals = {(one.given_name, one.family_name) for one in asked}
    StudentFactory.create_batch(24, school=school)
    with owner():
        pupils = set(Identity.objects.values_list("given_name", "family_name"))

    assert len(NAMES) == 3
    assert len(users | pupils | referrals) == len(users) + len(pupils) + len(referrals) == 36
