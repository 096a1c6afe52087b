"""Groups: who leads them, when they meet, who comes (docs/adr/0026).

A leader who has no assignment to a participant has no row of that participant: others in the group are a
number, told by `group_size`. A supporter whose pupil is in a group sees the group and its dates, and of those
in it that pupil only.
"""

from peersupport.scope.policies.rules import (
    AS_PEER_SUPPORTER,
    AT_MY_SCHOOLS,
    ME,
    MY_GROUPS,
    MY_LED_GROUPS,
    OF_MY_STUDENTS,
    Rule,
)


def _at_the_groups_school(table: str) -> str:
    return (
        "exists (select 1 from visits_groupseries r"
        f" where r.id = {table}.series_id and r.school_id = {table}.school_id)"
    )


ADDED_BY_ME = f"added_by_id = {ME} and {_at_the_groups_school('visits_groupmember')}"
# Only a contact of one's own tells of a date, and of one that one sees.
OF_MY_OWN_CONTACT = (
    f"author_id = {ME} and exists (select 1 from visits_contact c"
    f" where c.id = contact_id and c.author_id = {ME})"
)
OF_A_DATE_I_SEE = "exists (select 1 from visits_groupdate d where d.id = date_id)"
# Someone who supports, in the coordinator's own organisation: row security of the profiles leaves no other.
IS_A_SUPPORTER = (
    "exists (select 1 from supporters_peersupporter p where p.user_id = visits_groupleader.user_id)"
)

POLICIES: dict[str, dict[str, Rule]] = {
    "visits_groupseries": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and made_by_id = {ME}", change=AT_MY_SCHOOLS
        ),
        "peer_supporter": Rule(read=f"id = {MY_GROUPS}", change=f"id = {MY_LED_GROUPS}"),
    },
    "visits_groupleader": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and added_by_id = {ME} and {IS_A_SUPPORTER}",
            change=AT_MY_SCHOOLS,
        ),
        "peer_supporter": Rule(read=f"series_id = {MY_GROUPS}"),
    },
    # Taken away is what one has just written down; foreign keys keep what has been told or written about.
    "visits_groupdate": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and made_by_id = {ME}",
            change=AT_MY_SCHOOLS,
            delete=f"{AT_MY_SCHOOLS} and made_by_id = {ME}",
        ),
        "peer_supporter": Rule(
            read=f"series_id = {MY_GROUPS}",
            insert=f"series_id = {MY_LED_GROUPS} and made_by_id = {ME}",
            change=f"series_id = {MY_LED_GROUPS}",
            delete=f"series_id = {MY_LED_GROUPS} and made_by_id = {ME}",
        ),
    },
    "visits_groupmember": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and {ADDED_BY_ME}", change=AT_MY_SCHOOLS
        ),
        "peer_supporter": Rule(
            read=OF_MY_STUDENTS,
            insert=f"{OF_MY_STUDENTS} and series_id = {MY_LED_GROUPS} and {ADDED_BY_ME}",
            change=OF_MY_STUDENTS,
        ),
    },
    "visits_groupcontact": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and {OF_MY_OWN_CONTACT}"),
        "peer_supporter": Rule(
            read=f"author_id = {ME} and {AS_PEER_SUPPORTER} and {OF_A_DATE_I_SEE}",
            insert=f"{AS_PEER_SUPPORTER} and {OF_MY_OWN_CONTACT} and {OF_A_DATE_I_SEE}",
        ),
    },
}
