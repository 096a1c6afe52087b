"""Who may do what with the rows of operations."""

from tests.peersupport.allowed_rows.rights import (
    ALL,
    Rights,
    reads,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "operations_formkey": {
        "coordinator": writes("coordinator"),
        "peer_supporter": writes("peer_supporter"),
        "job": Rights(select="old", delete="old"),
    },
    "operations_outgoingmail": {
        "coordinator": Rights(select="coordinator sent", insert="coordinator"),
        "peer_supporter": Rights(select="peer_supporter", insert="peer_supporter"),
        "deactivated": Rights(insert="reset"),
        "nobody": Rights(insert="reset"),
        "link": Rights(insert="reset"),
        "visit_key": Rights(insert="reset"),
        "job": Rights(select=ALL, insert="reset", update=ALL, delete="sent"),
    },
    "operations_link": {
        "coordinator": Rights(
            select="coordinator student others_student others_rights",
            insert="coordinator student",
            update="coordinator student others_student others_rights",
        ),
        "peer_supporter": Rights(*["peer_supporter visit_key"] * 3),  # read, insert, change
        "link": Rights(select="coordinator", update="coordinator"),
        "visit_key": Rights(select="visit_key", update="visit_key"),
    },
    "operations_linkopening": {
        "coordinator": reads("coordinator"),
    },
    "procrastinate_jobs": {"job": Rights(select=ALL, update=ALL, delete=ALL)},
    "procrastinate_events": {"job": Rights(select=ALL, insert=ALL)},
    "procrastinate_workers": {"job": Rights(ALL, ALL, ALL, ALL)},
    "procrastinate_periodic_defers": {"job": Rights(ALL, ALL, ALL, ALL)},
}
