"""One hand-written statement around querysets, for the pages everybody starts on.

The querysets say which rows may be seen (`visible_to`) and what the words mean; the statement puts them
together. Django would write a subquery once for each column, and take longer than PostgreSQL to answer.
"""

import re
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

PLACEHOLDER = re.compile("%[s%]")


def rows_around(statement: str, values: dict[str, Any], **querysets: QuerySet[Any, Any]) -> list[Any]:
    """The rows of `statement`, an attribute for each column. One query.

    `{name}` in it stands for the queryset's own SQL, whose columns `values()` names; `%(name)s` for one of
    `values`.
    """
    given = dict(values)
    for name, queryset in querysets.items():
        statement = statement.replace(f"{{{name}}}", _sql_of(queryset, name, given))
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        columns = [column.name for column in cursor.description]
        return [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]


def _sql_of(queryset: QuerySet[Any, Any], name: str, given: dict[str, Any]) -> str:
    """The queryset's SQL with named parameters, which are added to `given`.

    Nobody in scope is no rows, not no statement: hence `elide_empty`.
    """
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False)
    sql, parameters = compiler.as_sql()
    names = iter([f"{name}_{number}" for number in range(len(parameters))])
    given.update(zip([f"{name}_{number}" for number in range(len(parameters))], parameters, strict=True))
    return PLACEHOLDER.sub(lambda found: "%%" if found[0] == "%%" else f"%({next(names)})s", sql)
