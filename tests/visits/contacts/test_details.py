"""All there is to say of a contact: topics, travel, the pupil's own words; what is wrong, and what a correction keeps."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from peersupport.demo.owner import owner
from tests.visits.contacts.form import CREATE, form_of, page_of, part, parts_of, saved
from visits.models import Contact, ContactKind, NoteRevision, Participation

pytestmark = pytest.mark.django_db


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
    assert (sorted(topics.mine.split(",")), topics.theirs) == (["play", "talk"], "meal")
    answer = dict(response.context["hidden"]) | {
        field.name: field.mine for field in response.context["fields"]
    }
    assert me.post(edit, answer).status_code == 302
    assert sorted(saved()[0].topics) == ["play", "talk"]


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
