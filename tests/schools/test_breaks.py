"""School breaks: kept by those who coordinate, proposed where they are missing, never doubled."""

import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from peersupport.demo.factories import CoordinatorFactory, SchoolBreakFactory, SchoolFactory
from peersupport.demo.owner import owner
from schools.models import SchoolBreak

pytestmark = pytest.mark.django_db
LIST, NEW = "schools:break_list", "schools:break_create"


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2025, 11, 25, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def petra(client, school):
    user = CoordinatorFactory(organisation=school.organisation)
    client.force_login(user)
    return user


def data(**more):
    values = {"kind": "winter", "school": "", "first_on": "2026-02-16", "last_on": "2026-02-20"}
    return values | {"form_key": str(uuid.uuid4())} | more


def kept():
    with owner():
        return list(SchoolBreak.objects.values_list("kind", "first_on", "last_on", "school"))


def test_a_break_is_saved_once_however_often_it_is_sent(client, petra):
    sent = data()
    for _ in range(2):
        assert client.post(reverse(NEW), sent).status_code == 302

    assert kept() == [("winter", date(2026, 2, 16), date(2026, 2, 20), None)]
    again = client.post(reverse(NEW), data())
    assert again.status_code == 200 and len(kept()) == 1
    assert "finns redan" in again.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"last_on": "2026-02-13"}, {"last_on": "2026-09-01"}, {"first_on": ""}, {"kind": ""}, {"kind": "x"}],
)
def test_a_break_that_cannot_be_is_refused_at_its_field(client, petra, wrong):
    response = client.post(reverse(NEW), data(**wrong))

    assert response.status_code == 200 and response.context["form"].errors and kept() == []


def test_missing_breaks_are_proposed_and_filled_in(client, petra, school):
    SchoolBreakFactory(
        organisation=school.organisation, kind="winter", first_on=date(2026, 2, 9), last_on=date(2026, 2, 13)
    )
    proposals = client.get(reverse(LIST)).context["proposals"]

    this_year = [one.kind for one in proposals if one.first_on < date(2026, 7, 1)]
    assert this_year == ["christmas", "easter", "summer"]  # the autumn's is over, the winter's is there
    form = client.get(reverse(NEW), {"kind": "christmas", "first_on": "2025-12-22", "last_on": "2026-01-08"})
    assert 'value="2025-12-22"' in form.content.decode()


def test_whoever_coordinates_one_school_keeps_its_breaks_only(client, school):
    other = SchoolFactory(organisation=school.organisation)
    all_schools = SchoolBreakFactory(organisation=school.organisation)
    others = SchoolBreakFactory(organisation=school.organisation, school=other)
    own = SchoolBreakFactory(organisation=school.organisation, school=school)
    client.force_login(CoordinatorFactory(school=school))

    context = client.get(reverse(LIST)).context
    assert {one.pk for one in context["breaks"]} == {all_schools.pk, others.pk, own.pk}
    assert context["own"] == {own.pk} and context["proposals"] == []
    for one in (all_schools, others):
        assert client.get(reverse("schools:break_edit", args=[one.public_id])).status_code == 404
    for chosen in ("", str(other.public_id)):
        assert client.post(reverse(NEW), data(school=chosen)).status_code == 200
    assert client.post(reverse(NEW), data(school=str(school.public_id))).status_code == 302


def test_a_break_is_changed_and_the_second_writer_sees_both(client, petra, school):
    one = SchoolBreakFactory(organisation=school.organisation)
    url = reverse("schools:break_edit", args=[one.public_id])
    changed = {
        "kind": "autumn",
        "school": "",
        "first_on": "2026-10-26",
        "last_on": "2026-10-30",
        "version": "1",
    }

    assert client.post(url, changed).status_code == 302
    second = client.post(url, changed | {"last_on": "2026-10-29"})
    assert second.status_code == 409
    assert kept() == [("autumn", date(2026, 10, 26), date(2026, 10, 30), None)]


def test_a_break_is_removed_after_a_question(client, petra, school):
    one = SchoolBreakFactory(organisation=school.organisation)
    url = reverse("schools:break_remove", args=[one.public_id])

    assert client.get(url).status_code == 200 and len(kept()) == 1
    assert client.post(url).status_code == 302 and kept() == []


@pytest.mark.parametrize("count", [1, 20])
def test_break_list_takes_three_queries_however_many(client, petra, school, assert_queries, count):
    for number in range(count):
        SchoolBreakFactory(
            organisation=school.organisation, school=school, first_on=date(2090, 10, number + 1)
        )

    with assert_queries(3):  # session with user, scope, breaks
        client.get(reverse(LIST))


# --- Who put it there, changed it, took it away


def lines(client):
    return [
        (act.who, line.what, line.before, line.after)
        for act in client.get(reverse("overviews:school_break_changes")).context["acts"]
        for line in act.lines
    ]


def test_changes_tell_of_breaks_also_of_one_that_is_removed(client, petra, school):
    client.post(reverse(NEW), data())
    with owner():
        one = SchoolBreak.objects.get()
    edit = reverse("schools:break_edit", args=[one.public_id])
    own = {"school": str(school.public_id), "last_on": "2026-02-19", "version": "1"}
    assert client.post(edit, data(**own)).status_code == 302
    assert client.post(reverse("schools:break_remove", args=[one.public_id])).status_code == 302

    told = lines(client)
    assert {who for who, *_ in told} == {petra.name}
    what = "Lov (sportlov): "
    assert told[:3] == [
        (petra.name, f"{what}skola", school.name, "alla skolor"),
        (petra.name, f"{what}första lediga dagen", "mån 16 feb 2026", "–"),
        (petra.name, f"{what}sista lediga dagen", "tors 19 feb 2026", "–"),
    ]
    assert (petra.name, f"{what}skola", "alla skolor", school.name) in told
    assert (petra.name, f"{what}sista lediga dagen", "fre 20 feb 2026", "tors 19 feb 2026") in told


def test_changes_of_breaks_are_the_organisations_own(client, petra):
    SchoolBreakFactory(organisation=SchoolFactory().organisation)
    assert lines(client) == []


@pytest.mark.parametrize("count", [1, 20])
def test_changes_of_breaks_take_four_queries_however_many(client, petra, school, assert_queries, count):
    for number in range(count):
        SchoolBreakFactory(
            organisation=school.organisation, school=school, first_on=date(2090, 10, number + 1)
        )
    with assert_queries(4):  # session with user, scope, the changes, the schools' names
        client.get(reverse("overviews:school_break_changes"))
