"""Ta upp i handledning: from a contact to the writer's own list, without a pupil's name."""

import pytest
from pytest_django.asserts import assertNotContains

from peersupport.demo.factories import CoordinatorFactory
from peersupport.demo.owner import owner
from tests.visits.contacts.form import CREATE, form_of, new_form, page_of, part, saved
from visits.models import Contact, SupervisionTopic

pytestmark = pytest.mark.django_db


def test_supervision_lands_on_the_writers_own_list_and_nowhere_else(me, mine):
    me.post(CREATE, form_of(mine, supervision="Hur jag säger nej"))

    with owner():
        topic = SupervisionTopic.objects.get()
        assert (topic.author_id, topic.text) == (mine.supporter.user_id, "Hur jag säger nej")
    assertNotContains(me.get(page_of(mine.student)), "Hur jag säger nej")


def test_supervision_with_the_name_of_a_pupil_is_asked_about_once(me, mine, other):
    for text in ("Kerstinas mamma", "om alvabeth", "Xylofonsson"):
        assert me.post(CREATE, form_of(mine, supervision=text)).status_code == 200
    assert not saved()
    assert me.post(CREATE, form_of(mine, supervision="Kerstinas mamma", warned="1")).status_code == 302


def test_coordinator_has_no_list_for_supervision(client, mine):
    client.force_login(CoordinatorFactory(organisation=mine.student.school.organisation))

    assert "supervision" not in new_form(client, mine).context["forms"].occasion_form.fields
    client.post(CREATE, form_of(mine, supervision="Något"))
    with owner():
        assert Contact.objects.count() == 1 and not SupervisionTopic.objects.exists()


def test_supervision_and_its_names_cost_one_query(me, mine, assert_queries):
    # As without (7), and the topic: the names to look for come with the pupils.
    data = form_of(mine, supervision="Hur jag säger nej") | part(mine, note="Något")
    with assert_queries(8):
        assert me.post(CREATE, data).status_code == 302
