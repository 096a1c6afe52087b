"""An organisation's own purposes and words where pupils are concerned."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import CaseFactory, LocalCodeFactory, StudentFactory
from peersupport.demo.owner import owner
from schools.models import Organisation
from students.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school):
    return CaseFactory(student=StudentFactory(school=school))


@pytest.fixture
def leisure(school):
    return LocalCodeFactory(
        organisation=school.organisation,
        code_list="support_purpose",
        national_code="community",
        label="Hitta en fritid",
    )


def fresh(case):
    with owner():
        return Case.objects.get(pk=case.pk)


def form(*purposes, version="1"):
    return {"version": version, "status": "active", "purposes": list(purposes), "review_on": ""}


def test_an_own_purpose_is_counted_as_the_national_one_and_said_once(as_coordinator, case, leisure):
    url, token = reverse("students:case_edit", args=[case.public_id]), f"community:{leisure.public_id}"
    assert "Hitta en fritid" in as_coordinator.get(url).content.decode()
    assert as_coordinator.post(url, form("coping", token)).status_code == 302
    saved = fresh(case)
    assert (saved.purposes, saved.local_purposes) == (["coping", "community"], [leisure.pk])

    page = as_coordinator.get(reverse("overviews:student_detail", args=[case.student.public_id]))
    assert dict(page.context["case_facts"])["Syften"] == "hantera svårigheter, Hitta en fritid"
    edit = as_coordinator.get(url).context["form"]
    assert edit["purposes"].value() == ["coping", token]

    assert as_coordinator.post(url, form("coping", version="2")).status_code == 302
    saved = fresh(case)
    assert (saved.purposes, saved.local_purposes) == (["coping"], [])


def test_purposes_of_others_and_those_left_out_are_refused(as_coordinator, case, school):
    foreign = LocalCodeFactory(code_list="support_purpose", national_code="community")
    with owner():
        Organisation.objects.filter(pk=school.organisation_id).update(
            hidden_codes=["support_purpose:training"]
        )
    url = reverse("students:case_edit", args=[case.public_id])
    for purpose in (f"community:{foreign.public_id}", "training"):
        assert as_coordinator.post(url, form(purpose)).context["form"].has_error("purposes")
    with owner():
        Case.objects.filter(pk=case.pk).update(purposes=["training"])
    assert as_coordinator.post(url, form("training", "coping")).status_code == 302  # it was there before
    assert fresh(case).purposes == ["training", "coping"]


def test_second_writer_keeps_own_purposes(as_coordinator, case, leisure):
    url, token = reverse("students:case_edit", args=[case.public_id]), f"community:{leisure.public_id}"
    as_coordinator.post(url, form("coping"))
    late = as_coordinator.post(url, form("wellbeing", token))
    assert late.status_code == 409 and "Hitta en fritid" in late.content.decode()
    hidden = {name: value for name, value in late.context["hidden"] if name != "purposes"}
    assert as_coordinator.post(url, hidden | {"purposes": f"wellbeing,{token}"}).status_code == 302
    assert fresh(case).local_purposes == [leisure.pk]


def test_school_forms_left_out_are_not_offered_but_what_is_stored_stays(as_coordinator, case, school):
    with owner():
        Organisation.objects.filter(pk=school.organisation_id).update(
            hidden_codes=["school_form:GR", "school_form:SAM"]
        )
    referral = as_coordinator.get(reverse("students:referral_create")).content.decode()
    assert 'value="SAM"' not in referral and 'value="GR"' not in referral and 'value="GY"' in referral
    record = as_coordinator.get(
        reverse("students:student_edit", args=[case.student.public_id])
    ).content.decode()
    assert 'value="SAM"' not in record and 'value="GR" selected' in record


def test_the_organisations_word_for_the_pupils_stands_where_staff_read_and_never_with_a_pupil(
    as_coordinator, as_staff, coordinator, case, school
):
    with owner():
        Organisation.objects.filter(pk=school.organisation_id).update(
            target_group_one="en på väg", target_group_many="de som är på väg"
        )
    assert "de som är på väg" in as_staff.get(reverse("students:referral_create")).content.decode()
    as_coordinator.force_login(coordinator)
    page = as_coordinator.get(
        reverse("overviews:student_detail", args=[case.student.public_id])
    ).content.decode()
    assert "på väg" not in page
    with owner():
        words = [str(value) for value in Case.objects.filter(pk=case.pk).values_list().get()]
    assert not any("på väg" in word for word in words)
