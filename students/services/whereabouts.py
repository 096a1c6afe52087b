"""Address and phone: written by coordinators, read by nobody without a reason."""

from dataclasses import dataclass

from django.db import connection, transaction

from accounts.models import User
from students.models import Student, Whereabouts


@dataclass(frozen=True, slots=True)
class OpenedWhereabouts:
    """Address and phone as opened once, for a stated reason."""

    street: str
    postal_code: str
    city: str
    phone: str
    how_to_reach: str

    def __bool__(self) -> bool:
        return any((self.street, self.postal_code, self.city, self.phone, self.how_to_reach))


NOTHING = OpenedWhereabouts("", "", "", "", "")


def open_whereabouts(*, student: Student, reason: str) -> OpenedWhereabouts:
    """What is on record, NOTHING when that is nothing.

    The owner's function checks who asks and writes the log.
    """
    columns = "street, postal_code, city, phone, how_to_reach"
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from open_whereabouts(%s, %s)", [student.pk, reason])  # noqa: S608
        row = cursor.fetchone()
    return OpenedWhereabouts(*row) if row else NOTHING


@transaction.atomic
def write_whereabouts(*, student: Student, by: User, fields: dict[str, str], clear: bool = False) -> None:
    """Save the `fields` that hold something, leave the others as they are; `clear` takes all away first.

    Who writes does not see what is saved, so an empty field cannot mean "take it away".
    """
    written = {name: value for name, value in fields.items() if value}
    rows = Whereabouts.objects.visible_to(by).filter(student=student.pk)
    if clear:
        rows.delete()
    if not written:
        return
    if not rows.update(**written):
        Whereabouts.objects.create(student=student, school_id=student.school_id, **written)
