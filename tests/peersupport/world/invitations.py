"""Invitations: of the coordinators, of the administrator, and of the other municipality."""

from schools.models import Invitation, Role


def add_invitations(world) -> None:
    north, south, away = (world.schools[name] for name in ("north", "south", "away"))
    for name, by, acting, role, school in (
        ("staff", "coordinator", Role.COORDINATOR, Role.SCHOOL_STAFF, north),
        ("schools_own", "school_coordinator", Role.COORDINATOR, Role.PEER_SUPPORTER, north),
        ("south", "coordinator", Role.COORDINATOR, Role.SCHOOL_STAFF, south),
        ("whole", "coordinator", Role.COORDINATOR, Role.PEER_SUPPORTER, None),
        ("lead", "admin", Role.ADMIN, Role.LEAD, None),
        ("admins_staff", "admin", Role.ADMIN, Role.SCHOOL_STAFF, north),
        ("away", "away_coordinator", Role.COORDINATOR, Role.SCHOOL_STAFF, away),
    ):
        invitation = Invitation.objects.create(
            organisation=school.organisation if school else world.home,
            school=school,
            email=f"{name}@invited.example",
            given_name="Leyla",
            family_name="Låtsman",
            role=role,
            invited_by=world.users[by],
            invited_as=acting,
        )
        world.add(name, invitation)
