"""Slå ihop: from a pupil's page or a hint, side by side, confirmed, told, undone."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from students.models import Identity, Student, StudentMerge

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(school):
    return [
        supported(StudentFactory(school=school, given_name=given, family_name="Exempelsson", sex=sex))
        for given, sex in (("Anna", "girl"), ("Ana", "not_stated"))
    ]


def supported(student):
    ContactFactory(assignment=AssignmentFactory(case=CaseFactory(student=student)))
    return student


def find_url(student):
    return reverse("students:merge_find", args=[student.public_id])


def merge_url(kept, absorbed):
    return reverse("students:merge", args=[kept.public_id, absorbed.public_id])


def typed(**choices):
    form = {"form_key": str(uuid4()), "kept_version": "1", "absorbed_version": "1"}
    return form | {"name": "kept", "sex": "kept", "case": "kept"} | choices


def merged(client, kept, absorbed, **choices):
    response = client.post(merge_url(kept, absorbed), typed(**choices) | {"confirmed": "1"})
    with owner():
        made = StudentMerge.objects.get()
    assert response["Location"] == reverse("students:merge_detail", args=[made.public_id])
    return made


def test_merge_find_shows_names_alike_and_searches_by_post(as_coordinator, pair, school):
    third = StudentFactory(school=school, given_name="Bilal", family_name="Testhage")
    foreign = StudentFactory(given_name="Anna", family_name="Exempelsson")
    first, second = pair
    response = as_coordinator.get(find_url(first))
    assert [row["url"] for row in response.context["students"]] == [merge_url(first, second)]
    found = as_coordinator.post(find_url(first), {"words": "testhage"})
    assert [row["url"] for row in found.context["students"]] == [merge_url(first, third)]
    assertNotContains(response, str(foreign.public_id))
    assert "words" in as_coordinator.post(find_url(first), {"words": "x"}).context["form"].errors


def test_merge_shows_both_and_asks_only_where_they_differ(as_coordinator, pair):
    response = as_coordinator.get(merge_url(*pair))
    assertContains(response, "Anna Exempelsson")
    assertContains(response, "Ana Exempelsson")
    assert [name for name in response.context["form"].fields if "_" not in name] == ["name", "sex", "case"]


def test_merge_asks_before_it_merges(as_coordinator, pair):
    response = as_coordinator.post(merge_url(*pair), typed(name="absorbed"))
    assertContains(response, 'name="confirmed"')
    with owner():
        assert not StudentMerge.objects.exists()
    back = as_coordinator.post(merge_url(*pair), dict(response.context["typed"]) | {"back": "1"})
    assert back.context["form"]["name"].value() == "absorbed"


def test_merge_is_told_with_what_moved_and_leads_to_the_kept_one(as_coordinator, pair):
    made = merged(as_coordinator, *pair, name="absorbed")
    response = as_coordinator.get(reverse("students:merge_detail", args=[made.public_id]))
    assertContains(response, pair[1].alias)
    assertContains(response, "1 kontakt")
    assertContains(response, reverse("overviews:student_detail", args=[pair[0].public_id]))
    with owner():
        assert Identity.objects.get().given_name == "Ana"
    assertContains(as_coordinator.get(find_url(pair[0])), response.wsgi_request.path)


def test_merge_hides_the_absorbed_everywhere(as_coordinator, pair):
    kept, absorbed = pair
    merged(as_coordinator, kept, absorbed)
    pages = [
        "overviews:student_detail",
        "students:student_edit",
        "students:whereabouts",
        "students:merge_find",
    ]
    for name in pages:
        assert as_coordinator.get(reverse(name, args=[absorbed.public_id])).status_code == 404
    for url in (reverse("overviews:student_list"), reverse("overviews:overview")):
        assertNotContains(as_coordinator.get(url), str(absorbed.public_id))
    assert len(as_coordinator.get(reverse("overviews:student_list")).context["rows"]) == 1
    assert as_coordinator.get(reverse("overviews:overview")).context["figures"].supported_count == 1
    for words in (absorbed.alias, kept.alias, "Ana Exempelsson", "Anna"):
        rows = as_coordinator.post(reverse("overviews:student_search"), {"words": words}).context["rows"]
        assert [row.url for row in rows] == [reverse("overviews:student_detail", args=[kept.public_id])], (
            words
        )
    page = as_coordinator.get(reverse("overviews:student_detail", args=[kept.public_id]))
    assert [entry.title for entry in page.context["entries"]].count("Hembesök") == 2


def test_merge_says_of_a_pupil_without_a_supporter_that_they_wait(as_coordinator, pair, school):
    waiting = CaseFactory(student=StudentFactory(school=school)).student
    page = as_coordinator.get(merge_url(pair[0], waiting)).content.decode()
    assert "lär känna varandra, " in page and ", väntar<" in page.replace("\n", "").replace("  ", "")
    assert page.count("lär känna varandra") == 1


def test_merge_sent_twice_is_once(as_coordinator, pair):
    data = typed() | {"confirmed": "1"}
    first, second = (as_coordinator.post(merge_url(*pair), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    with owner():
        assert StudentMerge.objects.count() == 1


def test_merge_by_a_colleague_a_moment_ago_is_said(client, as_coordinator, pair, school):
    merged(as_coordinator, *pair)
    client.force_login(CoordinatorFactory(organisation=school.organisation))
    for both in (pair, pair[::-1]):
        response = client.post(merge_url(*both), typed() | {"confirmed": "1"}, follow=True)
        assertContains(response, "just slagits ihop")
        assert client.get(merge_url(*both)).status_code == 404


def test_merge_of_what_has_changed_meanwhile_says_so(as_coordinator, pair):
    with owner():
        Student.objects.filter(pk=pair[1].pk).update(version=2)
    response = as_coordinator.post(merge_url(*pair), typed() | {"confirmed": "1"}, follow=True)
    assertContains(response, "har ändrats under tiden")
    with owner():
        assert not StudentMerge.objects.exists()


def test_merge_keeps_the_protected_one_and_shows_no_name(as_coordinator, pair, school):
    sealed = StudentFactory(school=school, protection="marked", given_name="Hemlig", family_name="Zebrasson")
    response = as_coordinator.get(merge_url(pair[0], sealed))
    assert response.context["kept"] == sealed and not response.context["swap_url"]
    assertNotContains(response, "Zebrasson")
    assert "school" not in response.context["form"].fields
    done = as_coordinator.post(merge_url(pair[0], sealed), typed() | {"confirmed": "1"}, follow=True)
    assertContains(done, sealed.alias)
    assertNotContains(done, "Zebrasson")
    with owner():
        assert Student.objects.get(pk=pair[0].pk).merged_into == sealed


def test_merge_undo_gives_both_back(as_coordinator, pair):
    made = merged(as_coordinator, *pair)
    url = reverse("students:merge_undo", args=[made.public_id])
    assertContains(as_coordinator.get(url), "1 kontakt")
    assertContains(as_coordinator.post(url, follow=True), "De är två igen")
    assert len(as_coordinator.get(reverse("overviews:student_list")).context["rows"]) == 2
    assertContains(as_coordinator.post(url, follow=True), "redan ångrad")


def test_merge_access(client, pair, school):
    with owner():
        supporter = pair[0].assignments.get().supporter.user
    elsewhere = CoordinatorFactory(school=SchoolFactory(organisation=school.organisation))
    for user, status in [(elsewhere, 404), (CoordinatorFactory(), 404), (supporter, 403)]:
        client.force_login(user)
        assert client.get(merge_url(*pair)).status_code == status
        assert client.post(merge_url(*pair), typed() | {"confirmed": "1"}).status_code == status
    client.force_login(CoordinatorFactory(school=school))
    assert client.get(merge_url(pair[0], StudentFactory())).status_code == 404
    assert client.get(merge_url(pair[0], pair[0])).status_code == 404
    with owner():
        assert not StudentMerge.objects.exists()


@pytest.mark.parametrize("rows", [1, 6])
def test_merge_asks_the_same_number_of_queries_however_much_there_is(
    as_coordinator, pair, rows, assert_queries
):
    for student in pair:
        with owner():
            assignment = student.assignments.select_related("supporter__user", "student", "case").get()
        for _ in range(rows):
            ContactFactory(assignment=assignment)
    with assert_queries(9):
        as_coordinator.get(merge_url(*pair))


def test_merge_names_nobody_in_address_title_or_message(as_coordinator, pair):
    response = as_coordinator.post(merge_url(*pair), typed() | {"confirmed": "1"}, follow=True)
    text = response.content.decode()
    title = re.search("<title>(.*?)</title>", text, re.S)[1]
    said = "".join(str(message) for message in response.context["messages"])
    assert "Exempelsson" not in title + said + response.wsgi_request.path
