"""The organisation, its schools and their contacts in Django admin."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import OrganisationFactory, SchoolFactory
from peersupport.demo.owner import owner
from schools.models import School, SchoolContact
from tests.schools.admin.forms import settings_of

pytestmark = pytest.mark.django_db


def test_school_is_made_in_own_organisation_and_changed(client, system_admin, organisation):
    data = {
        "name": "Nya skolan", "unit_code": "12345678", "municipality_code": "9901", "forms": ["GR", "FKLASS"],
        "grades": "F–9", "status": "active", "phone": "",
    }  # fmt: skip
    assert client.post(reverse("admin:schools_school_add"), data).status_code == 302
    with owner():
        school = School.objects.get(unit_code="12345678")
    assert (school.organisation_id, school.forms) == (organisation.pk, ["GR", "FKLASS"])

    url = reverse("admin:schools_school_change", args=[school.pk])
    assert client.post(url, {**data, "status": "closed"}).status_code == 302
    with owner():
        school.refresh_from_db()
    assert (school.status, school.version) == ("closed", 2)


def test_contact_is_kept_at_own_schools_only(client, system_admin, organisation):
    school = SchoolFactory(organisation=organisation)
    data = {"school": school.pk, "function": "rektor", "name": "Alva Fiktander", "email": "", "phone": ""}
    assert client.post(reverse("admin:schools_schoolcontact_add"), data).status_code == 302
    response = client.post(reverse("admin:schools_schoolcontact_add"), {**data, "school": SchoolFactory().pk})
    assert response.status_code == 200
    with owner():
        assert SchoolContact.objects.count() == 1


def test_organisation_is_changed_but_not_made(client, system_admin, organisation):
    assert client.get(reverse("admin:schools_organisation_add")).status_code == 403
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    data = settings_of(organisation, days_without_contact=21, counted_kinds=["home_visit", "phone"])
    assert client.post(url, data).status_code == 302
    with owner():
        organisation.refresh_from_db()
    assert organisation.days_without_contact == 21
    assert not organisation.counts_school_days  # the box was left empty
    assert set(organisation.uncounted_kinds) == {
        *("at_school", "activity", "accompany", "video", "message", "group", "guardian_contact"),
        "staff_contact",
    }


def test_unit_code_of_another_organisation_is_refused_without_telling_whose(client, system_admin):
    taken = SchoolFactory(name="Främmandeskolan")
    data = {"name": "Nyskolan", "unit_code": taken.unit_code, "municipality_code": "9901", "status": "active"}
    answer = client.post(reverse("admin:schools_school_add"), data, follow=True)
    assert answer.status_code == 200
    assert "Främmandeskolan" not in answer.content.decode()
    with owner():
        assert School.objects.filter(unit_code=taken.unit_code).count() == 1


def test_number_of_another_organisation_is_refused(client, system_admin, organisation):
    OrganisationFactory(number="2120009947")
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    assert client.post(url, settings_of(organisation, number="2120009947")).status_code == 302
    with owner():
        organisation.refresh_from_db()
    assert organisation.number == ""
