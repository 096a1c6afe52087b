"""Who may do what with which rows: declared by hand, to be read beside scope/policies/ and never computed from it.

The names are those of world. Whoever is not named for a table has no row of it.
"""

from tests.peersupport.allowed_rows import (
    accounts,
    framework,
    groups,
    history,
    operations,
    reports,
    safety,
    schools,
    students,
    supporters,
    visits,
)
from tests.peersupport.allowed_rows.rights import ALL, Rights

__all__ = ["ALL", "ALLOWED", "Rights"]

ALLOWED: dict[str, dict[str, Rights]] = {
    **operations.ALLOWED,
    **accounts.ALLOWED,
    **schools.ALLOWED,
    **supporters.ALLOWED,
    **students.ALLOWED,
    **visits.ALLOWED,
    **groups.ALLOWED,
    **safety.ALLOWED,
    **history.ALLOWED,
    **reports.ALLOWED,
    **framework.ALLOWED,
}
