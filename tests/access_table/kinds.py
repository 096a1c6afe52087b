"""The objects in addresses, and who has them among the visible ones."""

from tests.access_table.actors import ADMIN, COORDINATORS, LEAD, MEMBERS, PEER, REVIEWER, STAFF, SUPERVISOR
from tests.access_table.pages import Kind

STUDENT = Kind("students_student", {*COORDINATORS, PEER, STAFF}, ended="ended")
PROTECTED = Kind("students_student", STUDENT.seen_by, own="protected")
CASE = Kind("students_case", {*COORDINATORS, PEER}, ended="ended")
ASSIGNMENT = Kind("students_assignment", {*COORDINATORS, PEER}, ended="ended")
GUARDIAN = Kind("students_guardian", {*COORDINATORS, PEER})
PERSON_AROUND = Kind("students_personaround", {*COORDINATORS, PEER}, own="own_teacher")
BOOKING = Kind("visits_booking", {*COORDINATORS, PEER}, ended="ended")
VISIT = Kind("safety_homevisit", {*COORDINATORS, PEER})
REPORT = Kind("safety_concernreport", {*COORDINATORS, PEER}, ended="ended")
INCIDENT = Kind("safety_incidentreport", {*COORDINATORS, PEER})
NUMBER = Kind("safety_organisationnumber", {*COORDINATORS, PEER, STAFF}, elsewhere="away")
REFERRAL = Kind("students_referral", {*COORDINATORS, STAFF}, own="new")
CONTACT = Kind("visits_contact", {*COORDINATORS, PEER}, ended="ended")
SUPPORTER = Kind("supporters_peersupporter", {*COORDINATORS, PEER, SUPERVISOR, LEAD})
FEEDBACK = Kind("visits_feedback", {*COORDINATORS, PEER}, ended="ended")
TASK = Kind("visits_task", {*COORDINATORS, PEER}, ended="ended")
OTHER_TIME = Kind("visits_othertime", {*COORDINATORS, PEER})
APPOINTMENT = Kind("visits_appointment", {*COORDINATORS, PEER})
LIBRARY_LINK = Kind("schools_librarylink", {*COORDINATORS, PEER}, elsewhere="away")
TOPIC = Kind("visits_supervisiontopic", {PEER})
GROUP = Kind("visits_groupseries", {*COORDINATORS, PEER}, ended="ended")
GROUP_DATE = Kind("visits_groupdate", {*COORDINATORS, PEER}, ended="ended")
GROUP_MEMBER = Kind("visits_groupmember", {*COORDINATORS, PEER}, ended="ended")
PLACEMENT = Kind("supporters_placement", {*COORDINATORS, PEER, SUPERVISOR, LEAD})
SCHOOL = Kind("schools_school", MEMBERS, own="north")
SCHOOL_BREAK = Kind("schools_schoolbreak", COORDINATORS, own="north")
SCHOOL_CONTACT = Kind("schools_schoolcontact", MEMBERS, own="north")
MEMBERSHIP = Kind(
    "schools_membership",
    {*COORDINATORS, LEAD, ADMIN, REVIEWER},
    own="unconfirmed",
    elsewhere="away_coordinator",
)

# Staff at north: for its coordinators to end, and for the administrator.
ENDABLE = Kind("schools_membership", MEMBERSHIP.seen_by, own="staff", elsewhere="away_coordinator")
ENDERS = {*COORDINATORS, ADMIN}
INVITATION = Kind("schools_invitation", {*COORDINATORS, ADMIN}, own="staff")
MERGE = Kind("students_studentmerge", COORDINATORS)
MOVE = Kind("students_schoolmove", COORDINATORS, elsewhere="outside")
MOVE_TO_ANSWER = Kind("students_schoolmove", COORDINATORS, own="incoming", elsewhere="outside")
ALARM = Kind("safety_alarm", {*COORDINATORS, PEER, SUPERVISOR})
TURN = Kind("safety_dutyturn", COORDINATORS, own="supervisor", elsewhere="away")
AWAY = Kind("safety_dutyaway", COORDINATORS, own="supervisor", elsewhere="away")
