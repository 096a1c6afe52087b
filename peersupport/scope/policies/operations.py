"""What keeps it running: form keys, outgoing mail, links."""

from peersupport.scope.policies.rules import (
    EVERY_ROW,
    JOB,
    LINK,
    ME,
    MY_LINK,
    Rule,
)

OLD_KEY = "at < now() - interval '7 days'"

POLICIES: dict[str, dict[str, Rule]] = {
    "operations_formkey": {
        "anyone": Rule(read=f"user_id = {ME}", insert=f"user_id = {ME}", change=f"user_id = {ME}"),
        JOB: Rule(read=OLD_KEY, delete=OLD_KEY),
    },
    "operations_outgoingmail": {
        # Also by someone who is not signed in and wants a new password; nobody in another's name.
        "anyone": Rule(
            read=f"made_by_id = {ME}",
            insert=f"made_by_id is not distinct from {ME} and state = 'waiting' and tries = 0",
        ),
        JOB: Rule(
            read=EVERY_ROW,
            insert="made_by_id is null and state = 'waiting' and tries = 0",
            change=EVERY_ROW,
            delete="state <> 'waiting'",
        ),
    },
    "operations_link": {
        # A link carries nobody else's rights, and opens no pupil that its maker does not see.
        "anyone": Rule(
            read=f"made_by_id = {ME}",
            insert=f"made_by_id = {ME} and (user_id is null or user_id = {ME}) and (student_id is null"
            " or exists (select 1 from students_student s where s.id = operations_link.student_id))",
            change=f"made_by_id = {ME}",
        ),
        LINK: Rule(read=f"id = {MY_LINK}", change=f"id = {MY_LINK}"),
    },
    "operations_linkopening": {
        "anyone": Rule(read=f"link_id in (select id from operations_link where made_by_id = {ME})"),
    },
}
