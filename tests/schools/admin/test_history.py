"""What Django admin keeps of changes: no names, and for fellow administrators only."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse

from accounts.models import User
from peersupport.demo.factories import AdminFactory, CoordinatorFactory, SchoolFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.models import Membership, Role
from tests.schools.admin.forms import NEW_USER, membership_data

pytestmark = pytest.mark.django_db


def test_log_of_admin_holds_no_names(client, system_admin, organisation):
    client.post(reverse("admin:accounts_user_add"), NEW_USER)
    user = User.objects.get(email="ny.person@skola.example")
    client.post(
        reverse("admin:accounts_user_change", args=[user.pk]),
        {"given_name": "Annat", "family_name": "Exempelsson", "is_active": "on"},
    )
    client.post(reverse("admin:schools_membership_add"), membership_data(user, Role.LEAD))
    with owner():
        rows = list(LogEntry.objects.order_by("action_time"))
        membership = Membership.objects.get(user=user, role=Role.LEAD)
    assert [row.object_repr for row in rows] == [
        f"user {user.pk}",
        f"user {user.pk}",
        f"membership {membership.pk}",
    ]
    texts = " ".join(row.change_message for row in rows)
    assert "Exempelsson" not in texts
    assert "Annat" not in texts
    for name, record in (("accounts_user", user), ("schools_membership", membership)):
        page = client.get(reverse(f"admin:{name}_history", args=[record.pk])).content.decode()
        assert system_admin.name in page


def test_changes_are_read_by_fellow_administrators_and_nobody_else(client, system_admin, organisation):
    school = SchoolFactory(organisation=organisation)
    data = {"name": "Nya skolan", "unit_code": school.unit_code, "municipality_code": "9901", "forms": ["GR"],
            "grades": "F–9", "status": "active", "phone": ""}  # fmt: skip
    assert client.post(reverse("admin:schools_school_change", args=[school.pk]), data).status_code == 302
    url = reverse("admin:schools_school_history", args=[school.pk])

    client.force_login(AdminFactory(organisation=organisation))
    page = client.get(url).content.decode()
    assert system_admin.name in page and "Namn" in page

    with scope(AdminFactory()), connection.cursor() as cursor:
        cursor.execute("select count(*) from django_admin_log")
        assert cursor.fetchone() == (0,)
    with scope(CoordinatorFactory(organisation=organisation)), connection.cursor() as cursor:
        cursor.execute("select count(*) from django_admin_log")
        assert cursor.fetchone() == (0,)


def test_a_record_that_nobody_has_changed_says_so(client, system_admin, organisation):
    school = SchoolFactory(organisation=organisation)
    page = client.get(reverse("admin:schools_school_history", args=[school.pk])).content.decode()
    assert "Ingen har ändrat det här än." in page
