"""The roles a person can hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    PEER_SUPPORTER = "peer_supporter", _("peer supporter")
    COORDINATOR = "coordinator", _("coordinator")
    SUPERVISOR = "supervisor", _("supervisor")
    SCHOOL_STAFF = "school_staff", _("school staff")
    LEAD = "lead", _("programme lead")
    ADMIN = "admin", _("system administrator")
    REVIEWER = "reviewer", _("reviewer")


# What a coordinator may give, at their schools (TRUST T26).
ROLES_OF_COORDINATORS = (Role.PEER_SUPPORTER, Role.SCHOOL_STAFF)
# TRUST T26: granted by an administrator, these take effect when a coordinator or lead has confirmed them.
ROLES_THAT_SEE_STUDENTS = (
    Role.PEER_SUPPORTER,
    Role.COORDINATOR,
    Role.SCHOOL_STAFF,
    Role.REVIEWER,
)
# A lead sees none, but confirms those who do: made up by an administrator alone, a lead would open them.
ROLES_TO_CONFIRM = (*ROLES_THAT_SEE_STUDENTS, Role.LEAD)
# TRUST T8
ROLES_WITH_SECOND_FACTOR = tuple(role for role in Role if role != Role.PEER_SUPPORTER)
