"""The bookings, the contacts, each pupil's part in them, the notes, the next steps."""

from peersupport.scope.policies.rules import (
    AT_MY_SCHOOLS,
    IN_MY_OWN_NAME,
    ME,
    MY_OWN,
    MY_OWN_AS_COORDINATOR,
    MY_SCHOOLS,
    OF_MY_STUDENTS,
    OF_MY_SUPPORTERS,
    Rule,
    acting_as,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "visits_contact": {
        "author": Rule(
            read=f"author_id = {ME} and {acting_as('peer_supporter', 'coordinator')}",
            insert=f"author_id = {ME} and {IN_MY_OWN_NAME}",
            change=f"author_id = {ME} and {IN_MY_OWN_NAME}",
        ),
        "coordinator": Rule(
            read="exists (select 1 from visits_participation p where p.contact_id = visits_contact.id"
            f" and p.school_id = {MY_SCHOOLS})"
        ),
    },
    "visits_participation": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=MY_OWN_AS_COORDINATOR,
        ),
        "peer_supporter": Rule(read=MY_OWN, insert=MY_OWN, change=MY_OWN),
    },
    "visits_contactnote": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=MY_OWN_AS_COORDINATOR,
            delete=MY_OWN_AS_COORDINATOR,
        ),
        "peer_supporter": Rule(read=MY_OWN, insert=MY_OWN, change=MY_OWN, delete=MY_OWN),
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
}
