"""Finding pupils by name."""

from typing import Any

from django.db import connection

from accounts.models import User
from overviews.rows.students import COLUMNS, listed
from peersupport.lib.names import search_words

MOST = 50


def search_students(text: str, user: User) -> tuple[list[Any], bool]:
    """The pupils whose names are most like `text`, at most MOST, and whether there are more. Two queries.

    The database's function asks the scope by itself, so this stays right also where `visible_to` is wrong.
    """
    with connection.cursor() as cursor:
        cursor.execute("select student_id from search_students(%s)", [search_words(text)])
        ids = [row[0] for row in cursor.fetchall()]
    found = {student.pk: student for student in listed(user).filter(pk__in=ids).only(*COLUMNS)}
    by_likeness = [found[pk] for pk in ids if pk in found]
    return by_likeness[:MOST], len(ids) > MOST
