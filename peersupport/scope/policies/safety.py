"""Home visits, alarms, who is on duty, and an organisation's rules.

Whatever answers an alarm runs as owner (functions/9_alarms.sql): those who are called see neither the visit
nor its booking.
"""

from peersupport.scope.policies.rules import (
    AS_COORDINATOR,
    EVERY_ROW,
    JOB,
    ME,
    MY_ORGANISATION,
    OF_MY_SUPPORTERS,
    Rule,
    acting_as,
)

# --- Alarms and duty
MY_ALARMS = "any ((select my_alarms())::bigint[])"
HERE = f"organisation_id = {MY_ORGANISATION}"
HERE_AS_COORDINATOR = f"{HERE} and {AS_COORDINATOR}"
SEE_DUTY = f"{HERE} and {acting_as('coordinator', 'peer_supporter', 'supervisor', 'lead')}"
OF_OURS = f"{HERE_AS_COORDINATOR} and user_id in (select user_id from schools_membership where {HERE})"
MY_OWN_DRILLS = f"kind = 'drill' and raised_by_id = {ME} and {HERE_AS_COORDINATOR}"
MY_OWN_HERE = f"user_id = {ME} and {HERE}"

ALARM_POLICIES: dict[str, dict[str, Rule]] = {
    # Column grants besides: of a drill its remarks, nothing else. The worker moves it from step to step.
    "safety_alarm": {
        "anyone": Rule(read=f"id = {MY_ALARMS}"),
        "coordinator": Rule(
            # The new row, before any function sees it.
            read=MY_OWN_DRILLS,
            insert=f"{MY_OWN_DRILLS} and {OF_MY_SUPPORTERS}"
            " and taken_at is null and resolved_at is null and step is null",
            change=f"kind = 'drill' and {HERE_AS_COORDINATOR} and {OF_MY_SUPPORTERS}",
        ),
        JOB: Rule(read=EVERY_ROW, change=EVERY_ROW),
    },
    "safety_alarmcall": {
        "anyone": Rule(read=f"alarm_id = {MY_ALARMS}"),
        JOB: Rule(read=EVERY_ROW, insert=EVERY_ROW),
    },
    "safety_dutyturn": {
        "anyone": Rule(read=SEE_DUTY),
        "coordinator": Rule(insert=OF_OURS, change=OF_OURS, delete=HERE_AS_COORDINATOR),
    },
    "safety_dutyaway": {
        "anyone": Rule(read=SEE_DUTY),
        "coordinator": Rule(insert=OF_OURS, delete=HERE_AS_COORDINATOR),
    },
    "safety_workphone": {
        "anyone": Rule(read=MY_OWN_HERE, insert=MY_OWN_HERE, change=MY_OWN_HERE, delete=MY_OWN_HERE),
        "coordinator": Rule(read=HERE_AS_COORDINATOR),
    },
    "safety_safetyrules": {
        "anyone": Rule(read=HERE),
        "coordinator": Rule(insert=HERE_AS_COORDINATOR, change=HERE_AS_COORDINATOR),
        JOB: Rule(read=EVERY_ROW),
    },
    "safety_watchbeat": {JOB: Rule(read=EVERY_ROW, insert=EVERY_ROW, change=EVERY_ROW)},
}

POLICIES: dict[str, dict[str, Rule]] = {**ALARM_POLICIES}
