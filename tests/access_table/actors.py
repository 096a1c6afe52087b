"""Who asks: a role each, and who has none."""

COORDINATOR, SCHOOL_COORDINATOR, PEER = "coordinator", "school_coordinator", "peer_supporter"
SUPERVISOR, STAFF, LEAD, ADMIN, REVIEWER = "supervisor", "school_staff", "lead", "admin", "reviewer"
NO_MEMBERSHIP = "no_membership"
COORDINATORS = {COORDINATOR, SCHOOL_COORDINATOR}
MEMBERS = {*COORDINATORS, PEER, SUPERVISOR, STAFF, LEAD, ADMIN, REVIEWER}
SIGNED_IN = {*MEMBERS, NO_MEMBERSHIP}
NOT_SIGNED_IN = ("anonymous", "deactivated")
ACTORS = (*NOT_SIGNED_IN, *sorted(SIGNED_IN))
