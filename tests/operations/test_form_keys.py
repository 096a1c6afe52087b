"""A form that is sent twice has one effect, and one that is rolled back has none (TRUST T23)."""

import uuid

import pytest
from django.db import transaction
from django.http import QueryDict

from operations.services import SameKeyOtherForm, answer_form_key, claim_form_key
from peersupport import scope
from peersupport.demo.factories import PeerSupporterFactory

pytestmark = pytest.mark.django_db
BODY = QueryDict("note=Vi ritade.")


@pytest.fixture
def user():
    return PeerSupporterFactory().user


def test_claim_form_key_is_free_once(user, assert_queries):
    key = uuid.uuid4()
    with scope.scope(user):
        with assert_queries(1):
            assert claim_form_key(key=key, by=user, body=BODY, answer="/my-day/") is None
        with assert_queries(2):
            assert claim_form_key(key=key, by=user, body=BODY, answer="/elsewhere/") == "/my-day/"


def test_claim_form_key_tells_the_answer_that_was_noted_later(user):
    key = uuid.uuid4()
    with scope.scope(user):
        claim_form_key(key=key, by=user, body=BODY)
        answer_form_key(key=key, by=user, answer="/my-day/")
        assert claim_form_key(key=key, by=user, body=BODY) == "/my-day/"


def test_claim_form_key_is_free_again_when_saving_was_rolled_back(user):
    key = uuid.uuid4()
    with scope.scope(user):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            claim_form_key(key=key, by=user, body=BODY, answer="/my-day/")
            1 / 0  # noqa: B018
        assert claim_form_key(key=key, by=user, body=BODY, answer="/my-day/") is None


def test_claim_form_key_refuses_another_content_and_another_users_key(user):
    key = uuid.uuid4()
    with scope.scope(user):
        claim_form_key(key=key, by=user, body=BODY, answer="/my-day/")
        with pytest.raises(SameKeyOtherForm):
            claim_form_key(key=key, by=user, body=QueryDict("note=Vi sjöng."), answer="/my-day/")
    other = PeerSupporterFactory().user
    with scope.scope(other), pytest.raises(SameKeyOtherForm):
        claim_form_key(key=key, by=other, body=BODY, answer="/my-day/")
