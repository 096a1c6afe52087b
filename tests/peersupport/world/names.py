"""Who asks, and the words by which a row is found on pages."""

# Who asks. The last has no scope at all.
ACTORS = (
    "coordinator",
    "school_coordinator",
    "peer_supporter",
    "supervisor",
    "school_staff",
    "lead",
    "admin",
    "reviewer",
    "unconfirmed",
    "ended",
    "deactivated",
    "no_membership",
    "nobody",
)


def family_name(name: str) -> str:
    """One of its kind, so that it can be looked for on pages."""
    return f"{name.title().replace('_', '')}sson"


def guardian_name(name: str) -> str:
    return f"{name.title()}vårdare"


def note(name: str) -> str:
    return f"Anteckning om {name}."
