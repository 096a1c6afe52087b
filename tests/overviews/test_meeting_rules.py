"""The rules for long since met: who keeps them, what they would do to the list, and that nothing else changes."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from overviews.views.changes import RULES
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    OrganisationFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, today
from peersupport.lib.history import events_of
from schools.models import Organisation
from tests.visits.time_since_met.days import TUESDAY, assigned, at, met

URL = reverse("overviews:meeting_rules")
CHANGES = reverse("overviews:organisation_changes")
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    organisation = OrganisationFactory(days_without_contact=10, days_before_first_contact=5)
    return SchoolFactory(organisation=organisation)


@pytest.fixture
def petra(client, school):
    user = CoordinatorFactory(organisation=school.organisation)
    client.force_login(user)
    return user


def stored(school):
    with owner():
        return Organisation.objects.get(pk=school.organisation_id)


def sent(**changes):
    values = {
        "version": "1",
        "days_without_contact": "10",
        "days_before_first_contact": "5",
        "counts_school_days": "True",
        "counted_kinds": ["home_visit", "at_school", "activity", "phone"],
    }
    return values | changes


def rules_of(row):
    return row.days_without_contact, row.days_before_first_contact, row.counts_school_days


def test_rules_are_changed_and_nothing_else_of_the_organisation(client, petra, school):
    before = stored(school)
    assert client.get(URL).context["form"]["counts_school_days"].value() == "True"

    response = client.post(
        URL,
        sent(days_without_contact="20", days_before_first_contact="7", counts_school_days="False"),
    )

    after = stored(school)
    assert response.status_code == 302 and rules_of(after) == (20, 7, False)
    assert set(after.uncounted_kinds) == {
        *("accompany", "video", "message", "group", "guardian_contact", "staff_contact")
    }
    others = {field.attname for field in Organisation._meta.concrete_fields} - {*RULES, "version"}
    assert {name: getattr(after, name) for name in others} == {name: getattr(before, name) for name in others}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"days_without_contact": "0"}, "1 dag eller mer"),
        ({"days_without_contact": "121"}, "högst 120"),
        ({"days_before_first_contact": "tio"}, "siffror"),
        ({"days_before_first_contact": ""}, "hur många dagar"),
        ({"counts_school_days": ""}, "vilka dagar"),
        ({"counted_kinds": []}, "Behåll minst en"),
        ({"counted_kinds": ["break_presence"]}, "Välj ett av alternativen"),
    ],
)
def test_rules_that_make_no_sense_are_not_saved(client, petra, school, wrong, words):
    before = rules_of(stored(school))
    assertContains(client.post(URL, sent(**wrong)), words)
    assert rules_of(stored(school)) == before
    assertContains(client.post(URL, sent(**wrong, preview="1"), headers={"HX-Request": "true"}), "markerat")


def test_effect_is_said_before_saving_and_is_what_the_list_then_has(client, petra, school):
    """Two are on the list; with fewer days three more would be, with kinds that do not count one is left."""
    for days in (30, 60):
        ContactFactory(assignment=started(school), occurred_at=noon_ago(days))
    for days in (4, 5, 6):
        ContactFactory(assignment=started(school), occurred_at=noon_ago(days), kind="phone")
    ContactFactory(assignment=started(school), occurred_at=noon_ago(0))
    all_days = {"counts_school_days": "False", "days_without_contact": "10"}
    assert client.post(URL, sent(**all_days)).status_code == 302
    assertContains(client.get(URL), "Med de här reglerna står 2 elever på listan i dag.")

    tried = sent(**all_days | {"days_without_contact": "3", "version": "2"})
    for headers in ({}, {"HX-Request": "true"}):
        response = client.post(URL, tried | {"preview": "1"}, headers=headers)
        assertContains(response, "Med 3 dagar hamnar 5 elever på listan i dag, nu är det 2.")
        assertContains(response, "Inget är sparat än.")
    assert rules_of(stored(school)) == (10, 5, False)
    with owner():  # what was tried and undone is no history either
        assert events_of(Organisation).objects.filter(pgh_label="update").count() == 1

    assert client.post(URL, tried).status_code == 302
    assertContains(client.get(URL), "står 5 elever på listan")
    assert len(client.get(reverse("overviews:overview")).context["quiet"]) == 5
    only_phone = sent(**all_days, version="3", counted_kinds=["phone"], preview="1")
    assertContains(client.post(URL, only_phone), "Med 10 dagar hamnar 3 elever på listan i dag, nu är det 5.")


def started(school):
    return AssignmentFactory(case__student__school=school, starts_on=today() - timedelta(days=90))


def noon_ago(days):

    from peersupport.lib.dates import today

    return moment_at(today() - timedelta(days=days), time(0, 1))


def test_second_of_two_coordinators_sees_both(client, petra, school):
    assert client.post(URL, sent(days_without_contact="20")).status_code == 302

    second = client.post(URL, sent(days_without_contact="15", counted_kinds=["home_visit"]))

    assert second.status_code == 409
    fields = {field["name"]: field for field in second.context["fields"]}
    assert (fields["days_without_contact"]["mine"], fields["days_without_contact"]["theirs"]) == ("15", "20")
    assert fields["counted_kinds"]["mine"] == "home_visit"
    assert "Hembesök, I skolan" in fields["counted_kinds"]["theirs_text"]
    choice = dict(second.context["hidden"]) | {
        "days_without_contact": "15",
        "counted_kinds": fields["counted_kinds"]["theirs"],
    }
    assert client.post(URL, choice).status_code == 302
    assert rules_of(stored(school)) == (15, 5, True) and "phone" not in stored(school).uncounted_kinds


def test_who_coordinates_one_school_reads_the_rules(client, school):
    client.force_login(CoordinatorFactory(school=school))
    page = client.get(URL)
    assertContains(page, "10 skoldagar")
    assertContains(page, "Den som samordnar alla skolor")
    assertNotContains(page, '<form method="post" novalidate hx-post')
    for more in ({}, {"preview": "1"}):
        assert client.post(URL, sent(**more)).status_code == 403
    assert rules_of(stored(school)) == (10, 5, True)


@pytest.mark.parametrize("count", [1, 8])
def test_rules_take_the_same_queries_however_many_pupils(client, petra, school, assert_queries, count):
    for _ in range(count):
        ContactFactory(assignment=started(school), occurred_at=noon_ago(40))
    with assert_queries(4):  # session with user, scope, organisation, how many are on the list
        client.get(URL)
    with assert_queries(6):  # the same, and: changed, how many then; and undone
        client.post(URL, sent(days_without_contact="3", preview="1"))
    with assert_queries(4):  # without the count, with the change
        client.post(URL, sent(days_without_contact="3"))


# --- Who changed what


def test_changes_of_the_rules_are_told_and_of_nothing_else(client, petra, school):
    client.post(URL, sent(days_without_contact="20", counts_school_days="False"))
    with owner():
        Organisation.objects.filter(pk=school.organisation_id).update(name="Annan kommun")
    act = client.get(CHANGES).context["acts"][0]

    assert (act.who, act.role) == (petra.name, "samordnare")
    told = [(line.what, line.before, line.after) for line in act.lines]
    assert ("Dagar utan träff innan en elev tas upp", "10", "20") in told
    assert ("Räkna bara skoldagar", "Ja", "Nej") in told
    assert len(told) == 3 and "Vårdnadshavare" in told[-1][1] and "Videosamtal" in told[-1][2]


@pytest.mark.parametrize("count", [1, 8])
def test_changes_take_four_queries_however_many(client, petra, school, assert_queries, count):
    for number in range(count):
        client.post(URL, sent(days_without_contact=str(20 + number), version=str(number + 1)))
    with assert_queries(4):  # session with user, scope, the changes, names
        client.get(CHANGES)


def test_effect_at_the_limit(client, school):
    """The function's own boundary, by the page: eleven school days are more than ten."""
    mine = assigned(school, date(2025, 9, 1))
    met(mine, date(2025, 11, 10))  # a Monday: eleven school days before Tuesday in two weeks
    with at(TUESDAY):
        user = CoordinatorFactory(organisation=school.organisation)
        client.force_login(user)
        assertContains(client.get(URL), "står 1 elev på listan")
        assertContains(
            client.post(URL, sent(days_without_contact="11", preview="1")),
            "Med 11 skoldagar hamnar 0 elever på listan i dag, nu är det 1.",
        )
