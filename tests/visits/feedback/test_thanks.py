"""Thanks: given once, to the contact's author, for two weeks."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import ContactFactory, FeedbackFactory
from peersupport.demo.owner import owner
from tests.visits.feedback.forms import sent, student_page, url_of
from visits.models import Feedback, Participation

pytestmark = pytest.mark.django_db


def test_thanks_reach_the_author_on_my_day_and_on_the_contact(client, part, petra, mine):
    response = sent(client, petra, url_of("thanks_create", part), text="Fint att du väntade in.")
    assert response.status_code == 302 and response.url == student_page(part)

    client.force_login(mine.supporter.user)
    (row,) = client.get(reverse("overviews:my_day")).context["mine"].thanks
    assert "Petra" in row.title and row.text == "Fint att du väntade in." and row.about == "Alva"
    assert "Fint att du väntade in." in client.get(student_page(part)).content.decode()


def test_thanks_need_no_words_and_are_given_once(client, part, petra):
    client.force_login(petra)
    key = str(uuid.uuid4())
    for form_key in (key, key, str(uuid.uuid4())):  # a double tap, and another window
        assert (
            client.post(url_of("thanks_create", part), {"form_key": form_key, "text": ""}).status_code == 302
        )
    with owner():
        assert [row.text for row in Feedback.objects.all()] == [""]


def test_thanks_stay_two_weeks_on_my_day(client, part, petra, mine):
    old = timezone.now() - timezone.timedelta(days=15)
    FeedbackFactory(participation=part, made_by=petra, thanks=True, created_at=old)
    client.force_login(mine.supporter.user)
    assert client.get(reverse("overviews:my_day")).context["mine"].thanks == []
    assert len(client.get(reverse("overviews:feedback_list")).context["rows"]) == 1


def test_nobody_thanks_themselves(client, mine, petra):
    own = ContactFactory(assignment=mine, author=petra, supporter=None)
    with owner():
        part = Participation.objects.select_related("contact", "student").get(contact=own)
    client.force_login(petra)
    assert client.post(url_of("thanks_create", part)).status_code == 403
    assert url_of("thanks_create", part) not in client.get(student_page(part)).content.decode()
    with pytest.raises(IntegrityError, match="feedback_is_to_another"), transaction.atomic():
        FeedbackFactory(participation=part, made_by=petra)


def test_my_day_shows_the_newest_thanks(client, mine, petra):
    for days in range(8):
        contact = ContactFactory(assignment=mine)
        with owner():
            part = Participation.objects.get(contact=contact)
        at = timezone.now() - timezone.timedelta(days=days)
        FeedbackFactory(participation=part, made_by=petra, thanks=True, text=str(days), created_at=at)
    client.force_login(mine.supporter.user)
    thanks = client.get(reverse("overviews:my_day")).context["mine"].thanks
    assert [row.text for row in thanks] == ["0", "1", "2", "3", "4", "5"]
