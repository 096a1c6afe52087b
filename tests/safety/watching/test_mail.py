"""The mail of an alarm says nothing of anybody."""

import pytest
from django.utils import timezone

from peersupport.demo.owner import owner
from tests.safety.house import ADDRESS, NAME, SCHOOL, mails, the_alarm
from tests.safety.watching.chain import MINUTE, watch_at

pytestmark = pytest.mark.django_db


def test_no_mail_says_who_where_or_at_which_school_and_the_subject_says_nothing(house, clock):
    end = timezone.now()
    house.visit(end=end)
    for minutes in (5, 10, 15, 20, 25):
        watch_at(clock, end + minutes * MINUTE)
    number, found = the_alarm().number, mails()
    assert len(found) == 7
    for mail in found:
        said = f"{mail.subject} {mail.text}"
        for canary in (
            NAME,
            ADDRESS,
            SCHOOL,
            house.student.alias,
            house.user.given_name,
            house.user.family_name,
        ):
            assert canary not in said
        assert number in mail.subject
        assert "larm" not in mail.subject.lower()
        assert "alarm" not in mail.subject.lower()
        assert f"/alarms/{the_alarm().public_id}/" in mail.text
    initials = house.user.given_name[0] + house.user.family_name[0]
    assert initials in found[1].text
    assert "070-17 40 699" in found[1].text


def test_the_mail_is_in_the_language_of_whoever_is_called(house, clock):
    with owner():
        for user, language in ((house.user, "en"), (house.colleague, "da")):
            user.language = language
            user.save(update_fields=["language"])
    end = timezone.now()
    house.visit(end=end)
    for minutes in (5, 10):
        watch_at(clock, end + minutes * MINUTE)
    assert [mail.language for mail in mails()] == ["en", "da"]
    assert mails()[0].subject.startswith("Please answer now")
