"""A personal number is asked about once, and saved all the same."""

import pytest
from django.urls import reverse

from tests.visits.contacts.form import CREATE, form_of, part, saved

pytestmark = pytest.mark.django_db
NUMBER = "20080924-2380"
NUMBER = "20080924-2380"


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
