"""Every address of the site, and who gets what there.

A new address is a line in the module here that bears its app's name, or the tests fail; where whoever is not signed in
gets there too, it is a line in `public.py` instead. What stands in its address is a Kind in `kinds.py`.

Read a line from above: a page answers its methods (405 otherwise), finds its object among those the role sees (404
otherwise), lets in the roles allowed (403 otherwise), and then gives the status named. Nobody gets anywhere without
signing in, but for PUBLIC.
"""

from tests.access_table import (
    accounts,
    django_admin,
    operations,
    overviews,
    safety,
    schools,
    students,
    supporters,
    visits,
)
from tests.access_table.actors import (
    ACTORS,
    MEMBERS,
    NO_MEMBERSHIP,
    NOT_SIGNED_IN,
    SCHOOL_COORDINATOR,
    SIGNED_IN,
)
from tests.access_table.pages import ObjectPage, Page
from tests.access_table.public import PUBLIC

__all__ = [
    "ACTORS",
    "MEMBERS",
    "NOT_SIGNED_IN",
    "NO_MEMBERSHIP",
    "PAGES",
    "PUBLIC",
    "SCHOOL_COORDINATOR",
    "SIGNED_IN",
    "ObjectPage",
    "Page",
]

PAGES: tuple[Page, ...] = (
    *PUBLIC,
    *accounts.PAGES,
    *operations.PAGES,
    *schools.PAGES,
    *supporters.PAGES,
    *students.PAGES,
    *visits.PAGES,
    *safety.PAGES,
    *overviews.PAGES,
    *django_admin.PAGES,
)
