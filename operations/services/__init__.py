"""What keeps it running: one effect for each form, jobs, outgoing mail, links."""

from operations.services.form_keys import (
    SameKeyOtherForm,
    answer_form_key,
    answer_given,
    claim_form_key,
)
from operations.services.jobs import defer_job
from operations.services.links import (
    OpenedLink,
    first_openings,
    make_link,
    open_link,
    own_link,
    use_link,
    withdraw_links,
)
from operations.services.mail import (
    in_language_of,
    mail_of_the_demo,
    mail_state,
    mail_states,
    queue_mail,
)
from operations.services.status import Status, operations_status

__all__ = [
    "OpenedLink",
    "SameKeyOtherForm",
    "Status",
    "answer_form_key",
    "answer_given",
    "claim_form_key",
    "defer_job",
    "first_openings",
    "in_language_of",
    "mail_of_the_demo",
    "mail_state",
    "mail_states",
    "make_link",
    "open_link",
    "operations_status",
    "own_link",
    "queue_mail",
    "use_link",
    "withdraw_links",
]
