"""Roles granted by the service, and past it; how many pupils a person then sees."""

from peersupport.demo.factories import UserFactory
from peersupport.scope import scope
from schools import services
from students.models import Student
from tests.peersupport.rights import raw


def grant(by, role, organisation, school=None, user=None, **days):
    return services.grant_membership(
        user=user or UserFactory(), role=role, organisation=organisation, school=school, by=by, **days
    )


def insert(user, *, role, organisation, granted_by, confirmed):
    """Past Django, as the web role; what the database refuses of it raises psycopg's own error."""
    raw(
        "insert into schools_membership (public_id, created_at, version, user_id, role, organisation_id,"
        " valid_from, granted_by_id, confirmed_at, confirmed_by_id) values"
        " (gen_random_uuid(), now(), 1, %s, %s, %s, current_date, %s, %s, %s)",
        user.pk,
        role,
        organisation.pk,
        granted_by.pk,
        "now()" if confirmed else None,
        granted_by.pk if confirmed else None,
    )


def students_seen(user) -> int:
    with scope(user):
        (behind_first_lock,) = raw("select count(*) from students_student").fetchone()
        return max(behind_first_lock, len(Student.objects.visible_to(user)))
