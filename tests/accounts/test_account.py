"""One's own account: roles one can act in, browsers one is signed in from, passwords, the limits on guessing."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AccessLog, Session
from peersupport.demo.factories import (
    PASSWORD,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    SchoolFactory,
    StudentFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from schools.models import Role

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("account_login")


@pytest.fixture
def user():
    """A coordinator who is also a lead of another organisation, and signs in with a password."""
    user = CoordinatorFactory(password=make_password(PASSWORD))
    MembershipFactory(user=user, role=Role.LEAD)
    return user


def test_profile_shows_the_roles_held_today_and_which_is_acted_in(client, user):
    MembershipFactory(user=user, role=Role.ADMIN, ended=True)
    client.force_login(user)

    page = client.get(reverse("accounts:profile"))

    roles = page.context["roles"]
    assert {role.role for role in roles} == {"coordinator", "lead"}
    assert len({role.organisation for role in roles}) == 2
    assert [role.is_acting for role in roles if role.role == "coordinator"] == [True]


def test_switch_acts_in_the_other_role_from_the_next_page_on(client, user):
    client.force_login(user)
    assert client.get(reverse("start")).url == reverse("overviews:overview")
    with owner():
        other = user.memberships.get(role=Role.LEAD)

    client.post(reverse("accounts:switch"), {"membership": other.public_id})

    assert client.get(reverse("start")).url == reverse("overviews:programme")
    assert client.get(reverse("overviews:overview")).status_code == 403


def test_switch_takes_students_out_of_sight(client, user):
    """One role at a time: what the coordinator sees, the same person as lead does not."""
    with owner():
        coordinated = user.memberships.get(role=Role.COORDINATOR).organisation
        other = user.memberships.get(role=Role.LEAD)
    student = StudentFactory(school=SchoolFactory(organisation=coordinated))
    url = reverse("overviews:student_detail", args=[student.public_id])
    client.force_login(user)
    assert client.get(url).status_code == 200

    client.post(reverse("accounts:switch"), {"membership": other.public_id})

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("kind", ["ended", "unconfirmed", "anothers"])
def test_switch_refuses_a_role_one_does_not_hold(client, user, kind):
    if kind == "anothers":
        with owner():
            membership = LeadFactory().memberships.get()
    else:
        membership = MembershipFactory(user=user, role=Role.ADMIN, **{kind: True})
    client.force_login(user)

    answer = client.post(reverse("accounts:switch"), {"membership": membership.public_id})

    assert answer.status_code == 404
    assert client.get(reverse("start")).url == reverse("overviews:overview")


def test_sign_out_everywhere_ends_all_other_browsers_at_once(client, client_factory, user):
    lost_phone = client_factory()
    for browser in (client, lost_phone):
        browser.force_login(user)
    assert lost_phone.get(reverse("overviews:overview")).status_code == 200

    client.post(reverse("accounts:sign_out_everywhere"))

    assert lost_phone.get(reverse("overviews:overview")).url.startswith(SIGN_IN)
    assert client.get(reverse("overviews:overview")).status_code == 200
    with owner():
        assert Session.objects.filter(user=user).count() == 1


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client


def test_sign_in_gives_a_new_session_and_the_page_asked_for(client, user):
    asked = reverse("overviews:supporter_list")
    assert client.get(asked).url == f"{SIGN_IN}?next={asked}"
    before = client.session.session_key

    answer = client.post(f"{SIGN_IN}?next={asked}", {"login": user.email.upper(), "password": PASSWORD})

    assert answer.url == asked
    assert client.session.session_key != before


def test_sign_in_never_leads_to_another_site(client, user):
    answer = client.post(
        f"{SIGN_IN}?next=https://elsewhere.example/", {"login": user.email, "password": PASSWORD}
    )

    assert "elsewhere" not in answer.url


def test_sign_in_says_the_same_of_a_wrong_password_and_an_unknown_address(client, user):
    wrong = client.post(SIGN_IN, {"login": user.email, "password": "not-the-password-at-all"})
    unknown = client.post(SIGN_IN, {"login": "nobody@test.example", "password": "not-the-password-at-all"})

    assert wrong.status_code == unknown.status_code == 200
    said, said_of_unknown = (list(page.context["form"].non_field_errors()) for page in (wrong, unknown))
    assert said == said_of_unknown
    assert said


def test_sign_in_stops_guessing_also_with_the_right_password(client, user):
    """The counters are kept in the database, so they hold in every process (TRUST T8)."""
    for _attempt in range(5):
        client.post(SIGN_IN, {"login": user.email, "password": "not-the-password-at-all"})

    answer = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_reset_mail_goes_to_users_only_and_the_answer_tells_nothing(client, user):
    known = client.post(reverse("account_reset_password"), {"email": user.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@test.example"})

    assert known.url == unknown.url == reverse("account_reset_password_done")
    assert [message.to for message in mail.outbox if "/password/new/" in message.body] == [[user.email]]


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("short-1", False),
        ("peersupport2026", False),
        ("samordnare1234", False),
        ("12345678901234", False),
        ("tre gröna kattungar vid sjön", True),
    ],
)
def test_password_rules(password, is_good):
    user = UserFactory.build()
    if is_good:
        validate_password(password, user)
        return
    with pytest.raises(ValidationError):
        validate_password(password, user)


@pytest.fixture
def with_second_factor(user):
    """The same, with an app that gives codes."""
    with owner():
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user


def test_sign_in_asks_for_the_second_factor_and_a_wrong_code_is_on_record(client, with_second_factor):
    answer = client.post(SIGN_IN, {"login": with_second_factor.email, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session

    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    with owner():
        row = AccessLog.objects.get()
        assert (row.user_id, row.action, row.page) == (with_second_factor.pk, "denied", "mfa_authenticate")


def test_sign_in_with_the_second_factor_is_remembered_in_the_session(
    client, with_second_factor, settings, assert_queries
):
    settings.SECOND_FACTOR_REQUIRED = True
    with owner():
        type(with_second_factor).objects.filter(pk=with_second_factor.pk).update(needs_second_factor=True)
    client.post(SIGN_IN, {"login": with_second_factor.email, "password": PASSWORD})
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", next(iter(yield_hotp_counters_from_time()))))

    client.post(reverse("mfa_authenticate"), {"code": code})

    with assert_queries(2):  # session with user, scope: no question about the factor
        assert client.get(reverse("overviews:more")).status_code == 200


def test_second_factor_secret_is_stored_encrypted(with_second_factor):
    with owner():
        (data,) = Authenticator.objects.values_list("data", flat=True)
    assert "JBSWY3DPEHPK3PXP" not in str(data)


def test_second_factor_removed_is_missed_at_once(client, with_second_factor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    with owner():
        type(with_second_factor).objects.filter(pk=with_second_factor.pk).update(needs_second_factor=True)
    client.post(SIGN_IN, {"login": with_second_factor.email, "password": PASSWORD})
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})

    ask_again = client.post(reverse("mfa_deactivate_totp")).url
    answer = client.post(ask_again, {"password": PASSWORD})  # and the removal goes on from where it was

    assert answer.url == reverse("mfa_index")
    with owner():
        assert not Authenticator.objects.filter(type="totp").exists()
        Authenticator.objects.all().delete()
    assert client.get(reverse("overviews:more")).url == reverse("mfa_activate_totp")
