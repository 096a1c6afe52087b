"""Addresses of `visits`."""

from tests.access_table.actors import COORDINATOR, COORDINATORS, PEER, SCHOOL_COORDINATOR
from tests.access_table.kinds import (
    APPOINTMENT,
    BOOKING,
    CASE,
    CONTACT,
    FEEDBACK,
    GROUP,
    GROUP_DATE,
    GROUP_MEMBER,
    OTHER_TIME,
    STUDENT,
    TASK,
    TOPIC,
)
from tests.access_table.pages import ObjectPage, Page

# One pupil's part in a contact: where that pupil has none, there is no such page.
NO_SUCH_PART = {f"{COORDINATOR} ended": 404, f"{SCHOOL_COORDINATOR} ended": 404, f"{PEER} ended": 403}
# The question was asked by the coordinator of the whole organisation.
ANOTHERS = {f"{SCHOOL_COORDINATOR} POST own": 403, f"{SCHOOL_COORDINATOR} POST ended": 403}

PAGES = (
    Page("visits:contact_create", allowed={*COORDINATORS, PEER}, post=200),
    Page("visits:contact_offline", allowed={*COORDINATORS, PEER}),
    Page("visits:contact_token", allowed={*COORDINATORS, PEER}),
    Page("visits:contact_received", allowed={*COORDINATORS, PEER}),
    ObjectPage("visits:contact_edit", of=CONTACT, allowed={PEER}, post=200),
    ObjectPage(
        "visits:contact_move", of=CONTACT, beside=("students_student", "own"), allowed={PEER}, post=200
    ),
    ObjectPage("visits:contact_withdraw", of=CONTACT, allowed={PEER}, post=200),
    ObjectPage("visits:contact_put_back", of=CONTACT, allowed={PEER}, get=405, post=302),
    Page("visits:heads_create", allowed={PEER}, post=200),
    ObjectPage("visits:withdrawn_contacts", of=STUDENT, allowed={*COORDINATORS, PEER}),
    ObjectPage(
        "visits:thanks_create",
        of=CONTACT,
        second=STUDENT,
        allowed=COORDINATORS,
        post=200,
        unusual=NO_SUCH_PART,
    ),
    ObjectPage(
        "visits:question_create",
        of=CONTACT,
        second=STUDENT,
        allowed=COORDINATORS,
        post=200,
        unusual=NO_SUCH_PART,
    ),
    ObjectPage(
        "visits:feedback_withdraw", of=FEEDBACK, allowed=COORDINATORS, get=405, post=302, unusual=ANOTHERS
    ),
    ObjectPage("visits:question_answer", of=FEEDBACK, allowed={PEER}, post=200),
    ObjectPage("visits:thanks_answer", of=FEEDBACK, allowed={PEER}, get=405, post=302, in_place=True),
    ObjectPage("visits:answer_take_back", of=FEEDBACK, allowed={PEER}, get=405, post=302, in_place=True),
    ObjectPage("visits:supporter_ask", of=CASE, allowed=COORDINATORS, get=405, post=302, in_place=True),
    ObjectPage("visits:question_close", of=FEEDBACK, allowed=COORDINATORS, get=405, post=302),
    ObjectPage(
        "visits:booking_create",
        of=STUDENT,
        allowed={*COORDINATORS, PEER},
        post=200,
        unusual={"coordinator ended": 302, "school_coordinator ended": 302},
    ),
    ObjectPage("visits:booking_move", of=BOOKING, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:booking_cancel", of=BOOKING, allowed={*COORDINATORS, PEER}, post=200),
    Page("visits:booking_choose", allowed={PEER, *COORDINATORS}, query="?on=2027-01-04"),
    Page("visits:calendar_feed_settings", allowed={PEER}),
    Page("visits:calendar_feed_renew", allowed={PEER}, get=405, post=200),
    Page("visits:calendar_feed_withdraw", allowed={PEER}, get=405, post=302),
    ObjectPage("visits:next_step_create", of=STUDENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:next_step_done", of=STUDENT, allowed={*COORDINATORS, PEER}, get=405, post=302),
    Page("visits:group_list", allowed={*COORDINATORS, PEER}),
    Page("visits:group_create", allowed=COORDINATORS, post=200),
    ObjectPage("visits:group_detail", of=GROUP, allowed={*COORDINATORS, PEER}),
    ObjectPage("visits:group_edit", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_end", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_reopen", of=GROUP, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:group_dates_create", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_members_add", of=GROUP, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_date_move", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_date_cancel", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_date_restore", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:group_dates_undo", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage("visits:group_attendance", of=GROUP_DATE, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_attendance_print", of=GROUP_DATE, allowed={*COORDINATORS, PEER}),
    ObjectPage("visits:group_leave", of=GROUP_MEMBER, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:group_return", of=GROUP_MEMBER, allowed={*COORDINATORS, PEER}, get=405, post=302),
    Page("visits:task_create", allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:task_edit", of=TASK, allowed=COORDINATORS, post=200),
    ObjectPage("visits:task_done", of=TASK, allowed={*COORDINATORS, PEER}, get=405, post=302, in_place=True),
    ObjectPage(
        "visits:task_reopen", of=TASK, allowed={*COORDINATORS, PEER}, get=405, post=302, in_place=True
    ),
    # Whoever gave it: the coordinator of the whole organisation.
    ObjectPage(
        "visits:task_take_back",
        of=TASK,
        allowed=COORDINATORS,
        get=405,
        post=302,
        in_place=True,
        unusual=ANOTHERS,
    ),
    Page("visits:appointment_create", allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:appointment_edit", of=APPOINTMENT, allowed={*COORDINATORS, PEER}, post=200),
    ObjectPage("visits:appointment_cancel", of=APPOINTMENT, allowed={*COORDINATORS, PEER}, get=405, post=302),
    ObjectPage(
        "visits:appointment_restore", of=APPOINTMENT, allowed={*COORDINATORS, PEER}, get=405, post=302
    ),
    Page("visits:other_time_create", allowed={PEER}, post=200),
    ObjectPage("visits:other_time_edit", of=OTHER_TIME, allowed={PEER}, post=200),
    ObjectPage("visits:other_time_withdraw", of=OTHER_TIME, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:other_time_put_back", of=OTHER_TIME, allowed={PEER}, get=405, post=302),
    Page("visits:supervision_topic_list", allowed={PEER}, post=200),
    ObjectPage("visits:supervision_topic_edit", of=TOPIC, allowed={PEER}, post=200),
    ObjectPage("visits:supervision_topic_done", of=TOPIC, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:supervision_topic_reopen", of=TOPIC, allowed={PEER}, get=405, post=302),
    ObjectPage("visits:supervision_topic_delete", of=TOPIC, allowed={PEER}, post=302),
)
