"""Bookings, contacts, parts in them, notes, next steps, feedback, tasks, topics and other time."""

from peersupport.scope.policies.rules import (
    AS_COORDINATOR,
    AS_PEER_SUPPORTER,
    AT_MY_SCHOOLS,
    EVERY_ROW,
    IN_MY_OWN_NAME,
    JOB,
    ME,
    MY_ORGANISATION,
    MY_OWN,
    MY_OWN_AS_COORDINATOR,
    MY_SCHOOLS,
    OF_MY_STUDENTS,
    OF_MY_SUPPORTERS,
    Rule,
    acting_as,
)

# Tasks: about nobody, only their owner and their maker; about a pupil, only who sees the pupil.
GIVEN_OR_MINE = f"(owner_id = {ME} or made_by_id = {ME})"
TASK_OF_COORDINATOR = (
    f"{AS_COORDINATOR} and organisation_id = {MY_ORGANISATION}"
    f" and ({AT_MY_SCHOOLS} or (student_id is null and {GIVEN_OR_MINE}))"
)
TASK_OF_SUPPORTER = (
    f"{AS_PEER_SUPPORTER} and organisation_id = {MY_ORGANISATION} and {GIVEN_OR_MINE}"
    f" and (student_id is null or {OF_MY_STUDENTS})"
)
OWN_TOPIC = f"{AS_PEER_SUPPORTER} and author_id = {ME} and organisation_id = {MY_ORGANISATION}"
NEW_AND_OPEN = (
    "created_at > now() - interval '10 minutes' and exists ("
    "select 1 from visits_feedback f where f.id = feedback_id and f.closed_at is null)"
)
# Handed in after the assignment has ended, for the time it held (ADR 0028): written, and never read.
LATE = f"author_id = {ME} and {AS_PEER_SUPPORTER}"
LATE_PART = f"{LATE} and was_my_student(student_id, case_id, occurred_at)"
LATE_NOTE = f"{LATE} and was_my_part(participation_id)"
GIVEN_BY_ME = f"made_by_id = {ME} and owner_id in (select o.user_id from task_owners(student_id) o)"

# Time without a pupil: written by the supporter in their own name alone; my_supporters() is then themselves.
CANCELLED_BY_ME = f"%s and (cancelled_by_id is null or cancelled_by_id = {ME})"
MY_OTHER_TIME = (
    f"{AS_PEER_SUPPORTER} and {OF_MY_SUPPORTERS} and (withdrawn_by_id is null or withdrawn_by_id = {ME})"
)

# Heads are counted where one is or has been placed; of earlier ones nobody has said where.
WHERE_I_AM_PLACED = "(school_id is null or school_id = any ((select my_placements())::bigint[]))"
OVER_LONG_SINCE = "starts_at < now() - interval '7 days'"

POLICIES: dict[str, dict[str, Rule]] = {
    "visits_contact": {
        "author": Rule(
            read=f"author_id = {ME} and {acting_as('peer_supporter', 'coordinator')}",
            insert=f"author_id = {ME} and {IN_MY_OWN_NAME} and {WHERE_I_AM_PLACED}"
            " and (head_count is null or school_id is not null)",
            change=f"author_id = {ME} and {IN_MY_OWN_NAME} and {WHERE_I_AM_PLACED}",
        ),
        "coordinator": Rule(
            read="exists (select 1 from visits_participation p where p.contact_id = visits_contact.id"
            f" and p.school_id = {MY_SCHOOLS})"
        ),
        "schools_coordinator": Rule(read=AT_MY_SCHOOLS),
    },
    "visits_participation": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=MY_OWN_AS_COORDINATOR,
        ),
        "peer_supporter": Rule(read=MY_OWN, insert=f"({MY_OWN}) or ({LATE_PART})", change=MY_OWN),
    },
    "visits_contactnote": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=MY_OWN_AS_COORDINATOR,
            delete=MY_OWN_AS_COORDINATOR,
        ),
        "peer_supporter": Rule(
            read=MY_OWN, insert=f"({MY_OWN}) or ({LATE_NOTE})", change=MY_OWN, delete=MY_OWN
        ),
    },
    # Column grants besides: a booking never changes hands.
    "visits_booking": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and {OF_MY_SUPPORTERS} and made_by_id = {ME}",
            change=AT_MY_SCHOOLS,
        ),
        "peer_supporter": Rule(
            read=f"{OF_MY_STUDENTS} and {OF_MY_SUPPORTERS}",
            insert=f"{OF_MY_STUDENTS} and {OF_MY_SUPPORTERS} and made_by_id = {ME}",
            change=f"{OF_MY_STUDENTS} and {OF_MY_SUPPORTERS}",
        ),
    },
    # Column grants besides: a step is ticked off, never rewritten.
    "visits_nextstep": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and written_by_id = {ME}", change=AT_MY_SCHOOLS
        ),
        "peer_supporter": Rule(
            read=OF_MY_STUDENTS, insert=f"{OF_MY_STUDENTS} and written_by_id = {ME}", change=OF_MY_STUDENTS
        ),
    },
    # Column grants besides: of thanks or a question only its end can be changed. An answer keeps the question
    # by its foreign key: what is answered is not taken back.
    "visits_feedback": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"made_by_id = {ME} and closed_at is null and {AT_MY_SCHOOLS}",
            change=f"(closed_by_id is null or closed_by_id = {ME}) and {AT_MY_SCHOOLS}",
            delete=f"made_by_id = {ME} and {AT_MY_SCHOOLS}",
        ),
        "peer_supporter": Rule(read=MY_OWN),
    },
    "visits_feedbackanswer": {
        "coordinator": Rule(read=AT_MY_SCHOOLS),
        # Undo: a slip of the thumb is taken back while nobody has acted on it.
        "peer_supporter": Rule(read=MY_OWN, insert=MY_OWN, delete=f"{MY_OWN} and {NEW_AND_OPEN}"),
    },
    # Nobody's but the author's: a supervisor, a coordinator read none of it.
    "visits_supervisiontopic": {
        "peer_supporter": Rule(
            read=OWN_TOPIC, insert=f"{OWN_TOPIC} and done_at is null", change=OWN_TOPIC, delete=OWN_TOPIC
        ),
    },
    "visits_task": {
        "coordinator": Rule(
            read=TASK_OF_COORDINATOR,
            insert=f"{TASK_OF_COORDINATOR} and {GIVEN_BY_ME}",
            change=TASK_OF_COORDINATOR,
        ),
        "peer_supporter": Rule(
            read=TASK_OF_SUPPORTER,
            insert=f"{TASK_OF_SUPPORTER} and {GIVEN_BY_ME}",
            change=TASK_OF_SUPPORTER,
        ),
    },
    # Nobody's but the worker's, who may not look at those that still count.
    "visits_reminder": {JOB: Rule(read=OVER_LONG_SINCE, insert=EVERY_ROW, delete=OVER_LONG_SINCE)},
    # Column grants besides: it stays that supporter's. Coordinators plan for those whom they see.
    "visits_appointment": {
        role: Rule(
            read=whose,
            insert=f"{whose} and made_by_id = {ME} and cancelled_at is null",
            change=CANCELLED_BY_ME % whose,
        )
        for role, whose in (
            ("peer_supporter", f"{AS_PEER_SUPPORTER} and {OF_MY_SUPPORTERS}"),
            ("coordinator", f"{AS_COORDINATOR} and {OF_MY_SUPPORTERS}"),
        )
    },
    # Column grants besides: time never changes hands. Coordinators read it of the supporters whose load they
    # see; supervisors and leads have the sum from `supporter_minutes`, and no row.
    "visits_othertime": {
        "peer_supporter": Rule(read=MY_OTHER_TIME, insert=MY_OTHER_TIME, change=MY_OTHER_TIME),
        "coordinator": Rule(read=f"{AS_COORDINATOR} and {OF_MY_SUPPORTERS}"),
    },
}
