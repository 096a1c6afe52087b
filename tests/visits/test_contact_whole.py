"""The whole of Ny kontakt: topics, purposes, travel, the pupil's own words, copying, the soft warning."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    LocalCodeFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from schools.models import Organisation
from students.models import Case
from tests.visits.test_contact_create import form_of, part, parts_of, saved
from visits.models import Contact, ContactKind, NoteRevision, Participation, SupervisionTopic

pytestmark = pytest.mark.django_db
CREATE = reverse("visits:contact_create")
NUMBER = "20080924-2380"


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alvabeth", case__student__family_name="Exempelsson")


@pytest.fixture
def other(mine):
    student = StudentFactory(school=mine.school, given_name="Kerstina", family_name="Provdal")
    return AssignmentFactory(case__student=student, supporter=mine.supporter)


@pytest.fixture
def me(client, mine):
    client.force_login(mine.supporter.user)
    return client


def new_form(client, *assignments, **query):
    query["student"] = [str(assignment.student.public_id) for assignment in assignments]
    return client.get(CREATE, query)


def has_purposes(assignment, *codes):
    with owner():
        Case.objects.filter(pk=assignment.case_id).update(purposes=list(codes))


def page_of(student):
    return reverse("overviews:student_detail", args=[student.public_id])


# --- What one can say


def test_contact_create_saves_all_there_is_to_say(me, mine):
    answer = me.post(
        CREATE,
        form_of(
            mine,
            kind="activity",
            topics=["walk", "meal"],
            unplanned="on",
            travel_minutes="25",
            travel_km="12,5",
        )
        | part(
            mine,
            note="Vi gick runt sjön.",
            pupils_words="Jag vill gå igen.",
            purposes=["wellbeing", "community"],
        ),
    )

    assert answer.status_code == 302
    (contact,), (participation,) = saved(), parts_of(mine.student)
    assert (contact.kind, contact.topics, contact.is_planned) == ("activity", ["walk", "meal"], False)
    assert (contact.travel_minutes, contact.travel_km) == (25, Decimal("12.5"))
    assert participation.purposes == ["wellbeing", "community"]
    assert (participation.note.text, participation.note.pupils_words) == (
        "Vi gick runt sjön.",
        "Jag vill gå igen.",
    )
    timeline = me.get(page_of(mine.student)).content.decode()
    assert "Gick ut och gick" in timeline and "Jag vill gå igen." in timeline and "inte planerat" in timeline


def test_contact_create_says_nothing_that_nobody_has_said(me, mine):
    me.post(CREATE, form_of(mine))

    (contact,), (participation,) = saved(), parts_of(mine.student)
    assert (contact.topics, contact.is_planned, contact.head_count) == ([], True, None)
    assert (contact.travel_minutes, contact.travel_km) == (0, 0)
    assert participation.purposes == [] and not hasattr(participation, "note")


@pytest.mark.parametrize(
    "kind", [kind for kind in ContactKind.values if kind not in {"break_presence", "drop_in"}]
)
def test_contact_create_takes_every_kind_with_a_pupil(me, mine, kind):
    me.post(CREATE, form_of(mine, kind=kind))

    assert [contact.kind for contact in saved()] == [kind]


@pytest.mark.parametrize("kind", ["break_presence", "drop_in"])
def test_contact_create_takes_no_pupil_where_heads_are_counted(me, mine, kind):
    response = me.post(CREATE, form_of(mine, kind=kind))

    assert response.status_code == 200 and not saved()


@pytest.mark.parametrize(
    "changes",
    [
        {"topics": ["walk", "meal", "talk", "play"]},
        {"topics": ["sadness"]},
        {"travel_minutes": "721"},
        {"travel_km": "1000"},
        {"travel_km": "-1"},
        {"travel_km": "långt"},
        {"supervision": "x" * 301},
    ],
)
def test_contact_create_says_what_is_wrong_and_opens_it(me, mine, changes):
    response = me.post(CREATE, form_of(mine, **changes))

    assert response.status_code == 200 and not saved()
    form = response.context["forms"].occasion_form
    assert response.context["forms"].problems
    assert form.is_more_open or form["topics"].errors


def test_contact_create_takes_a_pupils_line_without_a_note(me, mine):
    me.post(CREATE, form_of(mine) | part(mine, pupils_words="Bra dag."))

    (participation,) = parts_of(mine.student)
    assert (participation.note.text, participation.note.pupils_words) == ("", "Bra dag.")


# --- Purposes


def test_new_contact_starts_with_the_one_purpose_of_the_support(me, mine):
    has_purposes(mine, "training")

    forms = new_form(me, mine).context["forms"]

    assert forms.part_forms[0]["purposes"].value() == ["training"]
    assert not forms.part_forms[0].is_more_open  # nothing that the writer has to look at


def test_new_contact_leaves_the_choice_between_several_purposes_to_the_writer(me, mine):
    has_purposes(mine, "training", "coping")

    assert new_form(me, mine).context["forms"].part_forms[0]["purposes"].value() == []


def test_purposes_may_be_the_organisations_own(me, mine):
    with owner():
        organisation = mine.student.school.organisation
    own = LocalCodeFactory(
        organisation=organisation, code_list="support_purpose", national_code="community", label="Ut på stan"
    )
    me.post(CREATE, form_of(mine) | part(mine, purposes=[f"community:{own.public_id}"]))

    (participation,) = parts_of(mine.student)
    assert (participation.purposes, participation.local_purposes) == (["community"], [own.pk])
    assertContains(me.get(page_of(mine.student)), "Ut på stan")


# --- Topics and code lists


def test_topics_may_be_the_organisations_own_and_some_may_be_left_out(me, mine):
    with owner():
        organisation = mine.student.school.organisation
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=["contact_topic:applications"])
    own = LocalCodeFactory(
        organisation=organisation, code_list="contact_topic", national_code="make", label="Byggde kojor"
    )
    offered = dict(new_form(me, mine).context["forms"].occasion_form.fields["topics"].choices)
    assert offered[f"make:{own.public_id}"] == "Byggde kojor" and "applications" not in offered

    me.post(CREATE, form_of(mine, topics=[f"make:{own.public_id}"]))

    (contact,) = saved()
    assert (contact.topics, contact.local_topics) == (["make"], [own.pk])
    assertContains(me.get(page_of(mine.student)), "Byggde kojor")


def test_kind_that_is_left_out_is_not_offered(me, mine):
    with owner():
        organisation = mine.student.school.organisation
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=["contact_kind:group"])

    offered = dict(new_form(me, mine).context["forms"].occasion_form.fields["kind"].choices)

    assert "group" not in offered and "accompany" in offered
    assert me.post(CREATE, form_of(mine, kind="group")).status_code == 200 and not saved()


def test_common_kinds_stand_first_and_the_others_are_folded(me, mine):
    with owner():
        organisation = mine.student.school.organisation
    own = LocalCodeFactory(organisation=organisation, national_code="home_visit", label="Promenad hemifrån")

    field = new_form(me, mine).context["forms"].occasion_form.fields["kind"]

    tokens = [token for token, _word in field.choices]
    common = ["home_visit", f"home_visit:{own.public_id}", "at_school", "activity", "phone", "message"]
    assert tokens[: field.widget.visible] == common
    assert set(tokens[field.widget.visible :]) == {
        "accompany",
        "video",
        "group",
        "guardian_contact",
        "staff_contact",
    }


def test_kind_that_is_folded_is_seen_when_it_is_chosen(me, mine):
    page = new_form(me, mine, kind="video").content.decode()

    assert '<details class="choices-more" open>' in page


# --- Several pupils


def test_each_page_and_each_history_tells_its_own_part_only(me, mine, other):
    data = form_of(mine, other, kind="group", topics=["play"])
    data |= part(mine, note="Om Alvabeth", pupils_words="Alvabeths ord", purposes=["training"])
    data |= part(other, note="Om Kerstina", pupils_words="Kerstinas ord", purposes=["coping"])
    me.post(CREATE, data)
    (contact,) = saved()
    edited = form_of(mine, other, kind="group", topics=["play"]) | part(mine, note="Om Alvabeth igen")
    edited |= part(other, note="Om Kerstina igen", pupils_words="Kerstinas nya ord", purposes=["wellbeing"])
    edit = reverse("visits:contact_edit", args=[contact.public_id])
    assert me.post(edit, edited | {"version": 1}).status_code == 302

    for assignment, own, others in ((mine, "Alvabeth", "Kerstina"), (other, "Kerstina", "Alvabeth")):
        for name in ("student_detail", "student_changes"):
            page = me.get(reverse(f"overviews:{name}", args=[assignment.student.public_id]))
            assertContains(page, f"Om {own}")
            assertNotContains(page, f"Om {others}")
            assertNotContains(page, f"{others}s ord")
            assertNotContains(page, others)


def test_a_pupil_can_be_taken_out_half_way_and_nothing_else_is_lost(me, mine, other):
    data = form_of(mine, other, kind="group", place="vid sjön", topics=["play", "meal"], travel_km="4,5")
    data |= part(mine, note="Halvskriven", purposes=["coping"], pupils_words="Halvsagt")

    response = me.post(CREATE, data | {"remove": str(other.student.public_id)})

    page = response.content.decode()
    assert response.status_code == 200 and not saved() and not response.context["forms"].problems
    assert "Halvskriven" in page and "vid sjön" in page and "Halvsagt" in page
    occasion, (alva,) = response.context["forms"].occasion_form, response.context["forms"].part_forms
    assert occasion["topics"].value() == ["play", "meal"] and alva["purposes"].value() == ["coping"]
    assert occasion["travel_km"].value() == "4,5"
    assert f"{other.student.public_id}-outcome" not in page


# --- Corrections keep what was


def test_contact_edit_keeps_the_history_of_the_new_fields(me, mine):
    me.post(
        CREATE,
        form_of(mine, topics=["walk"], travel_km="4")
        | part(mine, pupils_words="Först så", purposes=["training"]),
    )
    (contact,) = saved()
    edit = reverse("visits:contact_edit", args=[contact.public_id])
    form = me.get(edit).context["forms"]
    assert form.occasion_form["topics"].value() == ["walk"] and form.occasion_form.is_more_open
    assert form.part_forms[0]["purposes"].value() == ["training"] and form.part_forms[0].is_more_open

    me.post(
        edit,
        form_of(mine, topics=["meal"], travel_km="7,5", unplanned="on")
        | part(mine, pupils_words="Sedan så", purposes=["coping"])
        | {"version": 1},
    )

    (contact,), (participation,) = saved(), parts_of(mine.student)
    assert (contact.topics, contact.travel_km, contact.is_planned) == (["meal"], Decimal("7.5"), False)
    assert participation.purposes == ["coping"] and participation.note.pupils_words == "Sedan så"
    with owner():
        assert [revision.pupils_words for revision in NoteRevision.objects.all()] == ["Först så"]
    changes = me.get(reverse("overviews:contact_changes", args=[contact.public_id])).content.decode()
    for words in ("Först så", "Sedan så", "gick ut och gick", "7,5", "träning"):
        assert words in changes, words


def test_contact_edit_offers_both_when_two_have_changed_topics(me, mine):
    me.post(CREATE, form_of(mine, topics=["walk"]))
    (contact,) = saved()
    edit = reverse("visits:contact_edit", args=[contact.public_id])
    assert me.post(edit, form_of(mine, topics=["meal"]) | {"version": 1}).status_code == 302

    response = me.post(edit, form_of(mine, topics=["play", "talk"]) | {"version": 1})

    assert response.status_code == 409
    topics = next(field for field in response.context["fields"] if field.name == "topics")
    assert (topics.mine, topics.theirs) == ("talk,play", "meal") or topics.mine == "play,talk"
    answer = dict(response.context["hidden"]) | {
        field.name: field.mine for field in response.context["fields"]
    }
    assert me.post(edit, answer).status_code == 302
    assert sorted(saved()[0].topics) == ["play", "talk"]


# --- The soft warning


@pytest.mark.parametrize("field", ["note", "next_step", "pupils_words"])
def test_personal_number_is_asked_about_once_and_saved_all_the_same(me, mine, field):
    data = form_of(mine) | part(mine, **{field: f"Han heter så, {NUMBER}"})

    response = me.post(CREATE, data)

    assert response.status_code == 200 and not saved()
    assert NUMBER in response.content.decode() and 'name="warned"' in response.content.decode()
    assert str(response.context["form_key"]) == data["form_key"]
    assert me.post(CREATE, data | {"warned": "1"}).status_code == 302
    assert len(saved()) == 1


def test_personal_number_is_asked_about_in_a_correction_too(me, mine):
    me.post(CREATE, form_of(mine))
    edit = reverse("visits:contact_edit", args=[saved()[0].public_id])
    data = form_of(mine, place=NUMBER) | {"version": 1}

    response = me.post(edit, data)
    assert response.status_code == 200 and 'name="warned"' in response.content.decode()
    assert saved()[0].place == ""
    assert me.post(edit, data | {"warned": "1"}).status_code == 302
    assert saved()[0].place == NUMBER


# --- Copy the latest


def test_copy_takes_what_repeats_and_nothing_that_is_told_of_one_time(me, mine):
    earlier = form_of(
        mine, kind="accompany", topics=["way_to_school"], travel_km="3", length="30", place="vid grinden"
    )
    me.post(
        CREATE,
        earlier | part(mine, note="Bara då", next_step="Bara då", purposes=["training"], pupils_words="Då"),
    )

    page = new_form(me, mine, copy="1")

    occasion, (alva,) = page.context["forms"].occasion_form, page.context["forms"].part_forms
    assert (occasion["kind"].value(), occasion["length"].value()) == ("accompany", "30")
    assert (occasion["topics"].value(), occasion["travel_km"].value()) == (["way_to_school"], "3")
    assert occasion["place"].value() == "vid grinden" and alva["purposes"].value() == ["training"]
    assert not alva["outcome"].value() and not alva["note"].value() and not alva["next_step"].value()
    assert "Bara då" not in page.content.decode()


def test_copy_without_anything_to_copy_says_so(me, mine):
    assertContains(new_form(me, mine, copy="1"), "Det finns ingen tidigare kontakt")


def test_copy_never_takes_what_somebody_else_has_written(me, mine, other):
    ContactFactory(
        assignment=mine, author=CoordinatorFactory(organisation=mine.school.organisation), supporter=None
    )
    ContactFactory(assignment=other)

    assertContains(new_form(me, mine, copy="1"), "Det finns ingen tidigare kontakt")


# --- Ta upp i handledning


def test_supervision_lands_on_the_writers_own_list_and_nowhere_else(me, mine):
    me.post(CREATE, form_of(mine, supervision="Hur jag säger nej"))

    with owner():
        topic = SupervisionTopic.objects.get()
        assert (topic.author_id, topic.text) == (mine.supporter.user_id, "Hur jag säger nej")
    assertNotContains(me.get(page_of(mine.student)), "Hur jag säger nej")


def test_supervision_with_the_name_of_a_pupil_is_asked_about_once(me, mine, other):
    for text in ("Kerstinas mamma", "om alvabeth", "Exempelsson"):
        assert me.post(CREATE, form_of(mine, supervision=text)).status_code == 200
    assert not saved()
    assert me.post(CREATE, form_of(mine, supervision="Kerstinas mamma", warned="1")).status_code == 302


def test_coordinator_has_no_list_for_supervision(client, mine):
    client.force_login(CoordinatorFactory(organisation=mine.student.school.organisation))

    assert "supervision" not in new_form(client, mine).context["forms"].occasion_form.fields
    client.post(CREATE, form_of(mine, supervision="Något"))
    with owner():
        assert Contact.objects.count() == 1 and not SupervisionTopic.objects.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_contact_create_form_takes_five_queries_however_many_pupils(me, mine, assert_queries, count):
    for _ in range(count - 1):
        AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)

    with assert_queries(5):  # session with user, scope, pupils, links that fit, the log
        new_form(me, mine)


def test_supervision_and_its_names_cost_three_queries(me, mine, assert_queries):
    # As without (8), and the names to look for, the organisation, the topic.
    with assert_queries(11):
        assert me.post(CREATE, form_of(mine, supervision="Hur jag säger nej")).status_code == 302


# --- What the database holds by itself


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "home_visit", "head_count": 3},
        {"kind": "break_presence"},
        {"kind": "drop_in", "head_count": 1000},
        {"kind": "phone", "travel_minutes": 721},
        {"kind": "phone", "travel_km": Decimal("-0.1")},
        {"kind": "phone", "topics": ["walk", "talk", "meal", "play"]},
    ],
)
def test_database_refuses(mine, columns):
    with owner(), pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(author=mine.supporter.user, supporter=mine.supporter, minutes=5, **columns)


def test_database_takes_no_pupil_in_a_contact_that_counts_heads(mine):
    with owner():
        contact = Contact.objects.create(
            author=mine.supporter.user, supporter=mine.supporter, minutes=5, kind="drop_in", head_count=2
        )
        copies = {"author_id": contact.author_id, "occurred_at": contact.occurred_at, "kind": "drop_in"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.create(
                contact=contact,
                student=mine.student,
                case=mine.case,
                school_id=mine.school_id,
                outcome="met",
                **copies,
            )
