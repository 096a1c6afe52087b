"""Who may do what with the rows of reports."""

from tests.peersupport.allowed_rows.rights import ALL, Rights

ALLOWED: dict[str, dict[str, Rights]] = {
    "reports_digest": {"job": Rights(insert=ALL)},
}
