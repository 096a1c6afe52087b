"""An organisation's own kinds of contact and ways to meet: chosen, stored beside the national ones, read back."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import ContactFactory, CoordinatorFactory, LocalCodeFactory
from peersupport.demo.owner import owner
from schools.models import LocalCode, Organisation
from tests.visits.contacts.form import CREATE, form_of, parts_of, saved
from visits.models import Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(mine):
    with owner():
        return mine.student.school.organisation


@pytest.fixture
def walk(organisation):
    return LocalCodeFactory(organisation=organisation, national_code="home_visit", label="Promenad hemifrån")


@pytest.fixture
def chat(organisation):
    return LocalCodeFactory(
        organisation=organisation, code_list="contact_mode", national_code="chat", label="I spelets chatt"
    )


def token(own):
    return f"{own.national_code}:{own.public_id}"


def hide(organisation, *hidden):
    with owner():
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=list(hidden))


def test_own_kind_and_way_are_offered_and_saved_with_the_national_ones(me, mine, walk, chat):
    page = me.get(f"{CREATE}?student={mine.student.public_id}").content.decode()
    assert "Promenad hemifrån" in page and "I spelets chatt" in page

    answer = me.post(CREATE, form_of(mine, kind=token(walk), mode=token(chat)))
    assert answer.status_code == 302
    (contact,), (participation,) = saved(), parts_of(mine.student)
    assert (contact.kind, contact.local_kind_id, contact.mode, contact.local_mode_id) == (
        "home_visit", walk.pk, "chat", chat.pk,
    )  # fmt: skip
    assert participation.kind == "home_visit"
    with owner():
        assert Participation.objects.held().count() == 1  # counted as the national one


@pytest.mark.parametrize(
    ("kind", "mode", "stored"),
    [
        ("home_visit", "", "in_person"),
        ("phone", "", "phone"),
        ("message", "", "chat"),
        ("guardian_contact", "", ""),  # nobody has said, and the kind does not tell
        ("guardian_contact", "video", "video"),
        ("at_school", "group", "group"),
    ],
)
def test_way_follows_the_kind_unless_it_is_said(me, mine, kind, mode, stored):
    me.post(CREATE, form_of(mine, kind=kind, mode=mode))
    assert [contact.mode for contact in saved()] == [stored]


@pytest.mark.parametrize("field", ["kind", "mode"])
def test_another_organisations_value_is_refused(me, mine, field):
    code_list = "contact_mode" if field == "mode" else "contact_kind"
    foreign = LocalCodeFactory(code_list=code_list, national_code="phone", label="Främmande")
    answer = me.post(CREATE, form_of(mine, **{field: token(foreign)}))
    assert answer.status_code == 200
    assert field in answer.context["forms"].occasion_form.errors
    assert saved() == []


def test_a_value_left_out_is_not_offered_and_what_is_stored_keeps_its_word(me, mine, organisation, walk):
    contact = ContactFactory(assignment=mine, kind="phone")
    own = ContactFactory(assignment=mine, kind="home_visit", local_kind=walk)
    hide(organisation, "contact_kind:phone")
    with owner():
        LocalCode.objects.filter(pk=walk.pk).update(is_offered=False)

    page = me.get(f"{CREATE}?student={mine.student.public_id}").content.decode()
    assert 'value="phone"' not in page.partition('name="mode"')[0] and token(walk) not in page
    assert me.post(CREATE, form_of(mine, kind="phone")).status_code == 200
    for row, sent in ((contact, "phone"), (own, token(walk))):
        edit = me.get(reverse("visits:contact_edit", args=[row.public_id])).content.decode()
        assert f'value="{sent}"' in edit  # what is corrected may stay what it was
    timeline = me.get(reverse("overviews:student_detail", args=[mine.student.public_id])).content.decode()
    assert "<strong>Telefon</strong>" in timeline and "<strong>Promenad hemifrån</strong>" in timeline


def test_contact_keeps_its_own_kind_when_it_is_corrected(me, mine, walk, chat):
    me.post(CREATE, form_of(mine, kind=token(walk), mode=token(chat)))
    (contact,) = saved()
    url = reverse("visits:contact_edit", args=[contact.public_id])
    page = me.get(url).content.decode()
    assert f'value="{token(walk)}"' in page and f'value="{token(chat)}" selected' in page
    sent = form_of(mine, version="1", kind=token(walk), mode=token(chat), place="skogen")
    assert me.post(url, sent).status_code == 302
    (contact,) = saved()
    assert (contact.local_kind_id, contact.local_mode_id, contact.place) == (walk.pk, chat.pk, "skogen")
    assert me.post(url, sent | {"version": "2", "kind": "phone", "mode": ""}).status_code == 302
    (contact,) = saved()
    assert (contact.kind, contact.local_kind_id, contact.mode, contact.local_mode_id) == (
        "phone",
        None,
        "phone",
        None,
    )


def test_second_writer_reads_the_own_words_of_both(me, mine, walk):
    contact = ContactFactory(assignment=mine, kind="home_visit", local_kind=walk, minutes=60)
    url = reverse("visits:contact_edit", args=[contact.public_id])
    sent = form_of(mine, version="1", kind="phone")
    me.post(url, form_of(mine, version="1", kind=token(walk), place="skogen"))
    page = me.post(url, sent)
    assert page.status_code == 409
    assert "Promenad hemifrån" in page.content.decode() and "Telefon" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("", {"Promenad hemifrån", "Hembesök", "Telefon"}),
        ("home_visit", {"Promenad hemifrån", "Hembesök"}),
        ("own", {"Promenad hemifrån"}),
        ("phone", {"Telefon"}),
        ("at_school:x", {"Promenad hemifrån", "Hembesök", "Telefon"}),
    ],
)
def test_timeline_is_filtered_by_national_and_own_kinds(client, mine, organisation, walk, kind, seen):
    for values in ({"kind": "home_visit", "local_kind": walk}, {"kind": "home_visit"}, {"kind": "phone"}):
        ContactFactory(assignment=mine, **values)
    client.force_login(CoordinatorFactory(organisation=organisation))
    sent = token(walk) if kind == "own" else kind
    page = client.get(reverse("overviews:student_detail", args=[mine.student.public_id]), {"kind": sent})
    contacts = {"Promenad hemifrån", "Hembesök", "Telefon"}
    titles = {entry.title for entry in page.context["entries"]}
    assert titles & contacts == seen
    assert (titles <= contacts) == (kind not in {"", "at_school:x"})  # a kind leaves out all that has none
    assert ("selected" in page.content.decode()) == (kind not in {"", "at_school:x"})


def test_timeline_says_the_way_only_where_it_is_another(client, mine, organisation):
    ContactFactory(assignment=mine, kind="home_visit", mode="in_person")
    ContactFactory(assignment=mine, kind="guardian_contact", mode="video")
    client.force_login(CoordinatorFactory(organisation=organisation))
    page = client.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    details = {entry.title: entry.detail for entry in page.context["entries"]}
    assert "på plats" not in details["Hembesök"] and details["Vårdnadshavare"].startswith("på video")


@pytest.mark.parametrize("count", [0, 30])
def test_own_words_cost_no_query(client, mine, organisation, assert_queries, count):
    for number in range(count):
        own = LocalCodeFactory(organisation=organisation, national_code="home_visit", label=f"Eget {number}")
        ContactFactory(assignment=mine, kind="home_visit", local_kind=own)
    client.force_login(mine.supporter.user)
    for url, queries in (
        (reverse("overviews:my_day"), 8),
        (reverse("overviews:student_detail", args=[mine.student.public_id]), 9),
    ):
        client.get(url)
        with assert_queries(queries):
            client.get(url)
