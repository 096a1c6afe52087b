"""Where the work happens, and who may do what there."""

from schools.codes import SchoolForm
from schools.models.breaks import SchoolBreak, SchoolBreakKind
from schools.models.codes import LocalCode
from schools.models.invitations import UNOPENED, Invitation
from schools.models.library import (
    LibraryLink,
    LibraryLinkKind,
    LibraryLinkQuerySet,
)
from schools.models.memberships import (
    Membership,
)
from schools.models.places import (
    Organisation,
    OrganisationKind,
    School,
    SchoolContact,
    SchoolStatus,
    municipality_code,
    organisation_number,
    school_unit_code,
)
from schools.models.roles import (
    ROLES_OF_COORDINATORS,
    ROLES_THAT_SEE_STUDENTS,
    ROLES_TO_CONFIRM,
    ROLES_WITH_SECOND_FACTOR,
    Role,
)

__all__ = [
    "Invitation",
    "LibraryLink",
    "LibraryLinkKind",
    "LibraryLinkQuerySet",
    "LocalCode",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "ROLES_OF_COORDINATORS",
    "ROLES_THAT_SEE_STUDENTS",
    "ROLES_TO_CONFIRM",
    "ROLES_WITH_SECOND_FACTOR",
    "Role",
    "UNOPENED",
    "School",
    "SchoolBreak",
    "SchoolBreakKind",
    "SchoolContact",
    "SchoolForm",
    "SchoolStatus",
    "municipality_code",
    "organisation_number",
    "school_unit_code",
]
