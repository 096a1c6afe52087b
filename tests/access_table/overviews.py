"""Addresses of `overviews`."""

from tests.access_table.actors import (
    ADMIN,
    COORDINATORS,
    LEAD,
    NO_MEMBERSHIP,
    PEER,
    REVIEWER,
    SCHOOL_COORDINATOR,
    SIGNED_IN,
    STAFF,
    SUPERVISOR,
)
from tests.access_table.kinds import ASSIGNMENT, CASE, CONTACT, REFERRAL, SCHOOL, STUDENT, SUPPORTER
from tests.access_table.pages import ObjectPage, Page

PAGES = (
    Page("start", allowed=SIGNED_IN, get=302, unusual={f"{NO_MEMBERSHIP} GET": 200}),
    Page("overviews:more", allowed=SIGNED_IN),
    Page("overviews:overview", allowed=COORDINATORS),
    Page("overviews:my_day", allowed={PEER}),
    Page("overviews:calendar", allowed={PEER, *COORDINATORS}),
    Page("overviews:my_month", allowed={PEER}),
    Page("overviews:my_month_file", allowed={PEER}),
    Page("overviews:my_school", allowed={STAFF}),
    Page("overviews:my_supporters", allowed={SUPERVISOR}),
    Page("overviews:programme", allowed={LEAD}),
    Page("overviews:administration", allowed={ADMIN}),
    Page("overviews:access_log", allowed={REVIEWER}),
    Page("overviews:student_list", allowed={*COORDINATORS, PEER}),
    Page("overviews:student_search", allowed={*COORDINATORS, PEER}, get=405, post=200),
    Page("overviews:student_filter", allowed={*COORDINATORS, PEER}, get=405, post=302),
    Page("overviews:referral_filter", allowed={*COORDINATORS, STAFF}, get=405, post=302),
    Page("overviews:supporter_filter", allowed={*COORDINATORS, LEAD}, get=405, post=302),
    Page("overviews:school_filter", allowed={*COORDINATORS, STAFF, LEAD}, get=405, post=302),
    Page("overviews:log_filter", allowed={REVIEWER}, get=405, post=302),
    ObjectPage("overviews:student_detail", of=STUDENT, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:student_changes", of=STUDENT, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:referral_changes", of=REFERRAL, allowed={*COORDINATORS, STAFF}),
    ObjectPage("overviews:case_changes", of=CASE, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:assignment_changes", of=ASSIGNMENT, allowed={*COORDINATORS, PEER}),
    ObjectPage("overviews:contact_changes", of=CONTACT, allowed={*COORDINATORS, PEER}),
    Page("overviews:supporter_list", allowed={*COORDINATORS, LEAD}),
    ObjectPage("overviews:supporter_detail", of=SUPPORTER, allowed={*COORDINATORS, PEER, SUPERVISOR, LEAD}),
    Page("overviews:school_list", allowed={*COORDINATORS, STAFF, LEAD}),
    ObjectPage("overviews:school_detail", of=SCHOOL, allowed={*COORDINATORS, STAFF, LEAD}),
    Page("overviews:school_break_changes", allowed=COORDINATORS),
    # Who coordinates one school reads the rules.
    Page(
        "overviews:meeting_rules", allowed=COORDINATORS, post=200, unusual={f"{SCHOOL_COORDINATOR} POST": 403}
    ),
    Page("overviews:organisation_changes", allowed=COORDINATORS),
    Page("overviews:task_list", allowed={*COORDINATORS, PEER}),
    Page("overviews:feedback_list", allowed={*COORDINATORS, PEER}),
    Page("overviews:seen_me", allowed=SIGNED_IN),
    Page("overviews:seen_openings", allowed=SIGNED_IN),
    Page("overviews:seen_pupil", allowed=SIGNED_IN),
)
