"""The people around a pupil: who may write whom, the first contact, and what a protected pupil's tell nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from peersupport.demo.factories import AssignmentFactory, PersonAroundFactory, StudentFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from students.models import PersonAround

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(school):
    return AssignmentFactory(case__student=StudentFactory(school=school))


def filled(**fields):
    return {
        "form_key": str(uuid4()),
        "kind": "professional",
        "name": "Kim Provdal",
        "role": "kurator",
        "starts_on": today().isoformat(),
    } | fields


def create_url(student):
    return reverse("students:person_create", args=[student.public_id])


def url(name, person):
    return reverse(f"students:{name}", args=[person.public_id])


def page_of(client, student):
    return client.get(reverse("overviews:student_detail", args=[student.public_id])).content.decode()


def saved():
    with owner():
        return list(PersonAround.objects.order_by("pk"))


def test_person_create_saves_once_however_often_it_is_sent(as_coordinator, coordinator, mine):
    form = filled(organisation="Skolan", helps_with="samtal", phone="070-1740605", email="kim@skolan.example")
    for _ in range(2):
        assert as_coordinator.post(create_url(mine.student), form).status_code == 302

    (person,) = saved()
    assert (person.name, person.kind, person.added_by_id) == ("Kim Provdal", "professional", coordinator.pk)
    page = page_of(as_coordinator, mine.student)
    for text in ("Kim Provdal", "Kurator", "samtal", "070-1740605", "kim@skolan.example"):
        assert text in page
    for secret in ("Kim", "070", "@"):
        assert secret not in page.split("</title>")[0]


def test_person_create_by_a_supporter_is_the_pupils_own(client, mine):
    client.force_login(mine.supporter.user)
    client.post(create_url(mine.student), filled(name="Mormor Inga", role="mormor", kind="professional"))

    (person,) = saved()
    assert person.kind == "own"
    page = page_of(client, mine.student)
    assert "Mormor Inga" in page and url("person_edit", person) in page


def test_person_edit_by_a_supporter_only_of_the_pupils_own(client, mine):
    teacher = PersonAroundFactory(student=mine.student)
    friend = PersonAroundFactory(student=mine.student, kind="own")
    client.force_login(mine.supporter.user)

    assert client.get(url("person_edit", teacher)).status_code == 403
    assert client.get(url("person_edit", friend)).status_code == 200
    assert client.post(url("person_first_contact", friend)).status_code == 403
    assert url("person_edit", teacher) not in page_of(client, mine.student)


def test_person_edit_shows_both_texts_when_another_has_saved(as_coordinator, mine):
    person = PersonAroundFactory(student=mine.student)
    with owner():
        PersonAround.objects.filter(pk=person.pk).update(name="Den andras text", version=2)
    response = as_coordinator.post(url("person_edit", person), filled(name="Min text", version="1"))

    assert response.status_code == 409
    assert "Min text" in response.content.decode() and "Den andras text" in response.content.decode()
    as_coordinator.post(url("person_edit", person), filled(name="Min text", version="2"))
    assert saved()[0].name == "Min text"


def test_person_end_moves_to_the_earlier_ones(as_coordinator, mine):
    person = PersonAroundFactory(student=mine.student, is_first_contact=True, phone="070-1740605")
    as_coordinator.post(url("person_end", person), {"last_day": today().isoformat()})

    assert (saved()[0].ends_on, saved()[0].is_first_contact) == (today(), False)
    people = as_coordinator.get(reverse("overviews:student_detail", args=[mine.student.public_id])).context[
        "people"
    ]
    assert people.around == [] and [row.name for row in people.earlier] == [person.name]
    assert people.earlier[0].phone == ""


@pytest.mark.parametrize("days", [1, -100])
def test_person_end_refuses_a_day_ahead_or_before_the_first(as_coordinator, mine, days):
    person = PersonAroundFactory(student=mine.student)
    day = (today() + timedelta(days=days)).isoformat()

    assert as_coordinator.post(url("person_end", person), {"last_day": day}).context["form"].errors


def test_person_first_contact_is_one_at_a_time(as_coordinator, mine):
    first = PersonAroundFactory(student=mine.student, name="Kim", phone="070-1740605")
    second = PersonAroundFactory(student=mine.student, name="Bo", phone="070-1740606")
    over = PersonAroundFactory(student=mine.student, ends_on=today())
    for person in (first, second, second):
        assert as_coordinator.post(url("person_first_contact", person)).status_code == 302
    assert [person.is_first_contact for person in saved()] == [False, True, False]
    as_coordinator.post(url("person_first_contact", over))
    assert not any(person.is_first_contact for person in saved() if person.pk == over.pk)

    as_coordinator.post(url("person_first_contact", second))
    page = as_coordinator.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    assert page.context["people"].to_ring.name == "Bo"
    assert page.context["people"].around[0].name == "Bo"


def test_people_around_a_protected_pupil_open_with_the_name_only(client, coordinator, school):
    hidden = StudentFactory(school=school, protection="marked")
    mine = AssignmentFactory(case__student=hidden)
    person = PersonAroundFactory(student=hidden, kind="own", name="Mormor Inga i Provby")
    client.force_login(mine.supporter.user)
    assert "Provby" not in page_of(client, hidden)
    assert client.get(url("person_edit", person)).status_code == 404
    # Written all the same, and not read back:
    assert client.post(create_url(hidden), filled(name="Farfar i Provby")).status_code == 302
    assert len(saved()) == 2

    identity = reverse("students:identity_open", args=[hidden.public_id])
    assert "Provby" not in client.get(identity).content.decode()
    client.post(identity, {"reason": "other", "words": "Ringer mormor"})
    opened = client.get(identity).content.decode()
    assert "Mormor Inga i Provby" in opened and "Farfar i Provby" in opened
    assert "Provby" not in page_of(client, hidden)
    client.force_login(coordinator)  # not among those who may open the name
    assert "Provby" not in client.get(identity).content.decode()
