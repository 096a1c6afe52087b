"""Whom to ring at a school."""

from django.db.models import F

from accounts.models import User
from schools.models import SchoolContact
from schools.services.errors import ChangedMeanwhile


def save_school_contact(*, contact: SchoolContact, by: User) -> SchoolContact:
    """Save a new or changed contact of a school. Raises ChangedMeanwhile when it is not the version read."""
    if contact.pk is None:
        contact.save(force_insert=True)
        return contact
    columns = {name: getattr(contact, name) for name in ("function", "name", "email", "phone")}
    same = SchoolContact.objects.visible_to(by).filter(pk=contact.pk, version=contact.version)
    if not same.update(**columns, version=F("version") + 1):
        raise ChangedMeanwhile
    contact.version += 1
    return contact
