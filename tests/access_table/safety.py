"""Addresses of `safety`."""

from tests.access_table.actors import COORDINATOR, COORDINATORS, MEMBERS, PEER, SIGNED_IN, STAFF, SUPERVISOR
from tests.access_table.kinds import ALARM, AWAY, BOOKING, INCIDENT, NUMBER, REPORT, STUDENT, TURN, VISIT
from tests.access_table.pages import ObjectPage, Page

CALLED = {*COORDINATORS, SUPERVISOR}
MAY_BE_WORRIED = {*COORDINATORS, PEER, STAFF}

PAGES = (
    # Of a booking that is a home visit: checked in, in the world.
    Page("safety:visit_list", allowed=COORDINATORS),
    Page("safety:visit_now", allowed={PEER}, post=200),
    ObjectPage("safety:risk_check", of=BOOKING, allowed={PEER}, post=200),
    ObjectPage("safety:visit_detail", of=VISIT, allowed={*COORDINATORS, PEER}),
    ObjectPage("safety:visit_leave", of=VISIT, allowed={PEER}, get=405, post=302, leads_on=True),
    ObjectPage("safety:visit_check_in", of=VISIT, allowed={PEER}, get=405, post=302, leads_on=True),
    ObjectPage("safety:visit_extend", of=VISIT, allowed={PEER}, get=405, post=302, leads_on=True),
    ObjectPage("safety:visit_finish", of=VISIT, allowed={PEER}, get=405, post=302, leads_on=True),
    ObjectPage("safety:visit_help", of=VISIT, allowed={PEER}, get=405, post=302, leads_on=True),
    ObjectPage("safety:visit_not_made", of=VISIT, allowed={PEER}, get=405, post=302, leads_on=True),
    ObjectPage("safety:visit_address", of=VISIT, allowed={PEER}, post=200),
    ObjectPage("safety:visit_end_keys", of=VISIT, allowed={*COORDINATORS, PEER}, post=302),
    Page("safety:calls", allowed=SIGNED_IN),
    Page("safety:alarms_now", allowed=COORDINATORS),
    ObjectPage("safety:alarm_detail", of=ALARM, allowed=ALARM.seen_by),
    # About the peer supporter, who is called for nobody's help but the colleague's.
    ObjectPage("safety:alarm_take", of=ALARM, allowed=CALLED, get=405, post=302),
    ObjectPage("safety:alarm_pass", of=ALARM, allowed=CALLED, get=405, post=302),
    ObjectPage("safety:alarm_resolve", of=ALARM, allowed=ALARM.seen_by, get=405, post=200),
    ObjectPage("safety:alarm_answer", of=ALARM, allowed=set(), get=405, post=302),  # a drill needs no answer
    ObjectPage("safety:alarm_address", of=ALARM, allowed=set(), get=405, post=200),  # nobody has taken it
    Page("safety:duty_list", allowed=COORDINATORS),
    Page("safety:duty_create", allowed=COORDINATORS, post=200),
    ObjectPage("safety:duty_edit", of=TURN, allowed=COORDINATORS, post=200),
    ObjectPage("safety:duty_remove", of=TURN, allowed=COORDINATORS, post=302),
    Page("safety:away_create", allowed=COORDINATORS, post=200),
    ObjectPage("safety:away_remove", of=AWAY, allowed=COORDINATORS, post=302),
    Page("safety:rules_edit", allowed=COORDINATORS, post=200),
    Page("safety:drill_list", allowed=COORDINATORS),
    Page("safety:drill_create", allowed=COORDINATORS, post=200),
    ObjectPage("safety:drill_detail", of=ALARM, allowed=ALARM.seen_by, post=200),
    Page("safety:work_phone", allowed=MEMBERS, post=200),
    Page("safety:concern", allowed=MAY_BE_WORRIED),
    Page("safety:concern_offline", allowed=MAY_BE_WORRIED),
    Page("safety:concern_form", allowed=MAY_BE_WORRIED),
    Page("safety:concern_tell", allowed=MAY_BE_WORRIED, get=405, post=302),
    ObjectPage("safety:concern_of_student", of=STUDENT, allowed=MAY_BE_WORRIED),
    ObjectPage("safety:concern_report_create", of=STUDENT, allowed=MAY_BE_WORRIED, post=200),
    ObjectPage("safety:concern_report_edit", of=REPORT, allowed={PEER}, post=200),
    ObjectPage("safety:concern_report_withdraw", of=REPORT, allowed={*COORDINATORS, PEER}, post=200),
    Page("safety:incident_list", allowed={*COORDINATORS, PEER}),
    Page("safety:incident_create", allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage(
        "safety:incident_detail",
        of=INCIDENT,
        allowed={*COORDINATORS, PEER},
        post=200,
        unusual={"peer_supporter POST own": 403},
    ),
    Page("safety:number_list", allowed=COORDINATORS),
    Page("safety:number_create", allowed={COORDINATOR}, post=200),
    ObjectPage("safety:number_edit", of=NUMBER, allowed={COORDINATOR}, post=200),
    ObjectPage("safety:number_withdraw", of=NUMBER, allowed={COORDINATOR}, get=405, post=302),
)
