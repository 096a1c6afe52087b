"""Who may do what with the rows of Django."""

from tests.peersupport.allowed_rows.rights import (
    ALL,
    SIGNED_IN,
    Rights,
    reads,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "django_content_type": dict.fromkeys(SIGNED_IN, reads(ALL)),
    "django_admin_log": {"admin": Rights(select="admin", insert="admin")},
}
