"""Pages of contacts, bookings, next steps, feedback, tasks, topics and other time."""

from visits.views.appointments import (
    appointment_cancel,
    appointment_create,
    appointment_edit,
    appointment_restore,
)
from visits.views.asking import (
    supporter_ask,
)
from visits.views.booking_choose import (
    booking_choose,
)
from visits.views.bookings import (
    booking_cancel,
    booking_create,
    booking_move,
)
from visits.views.calendar_feed import (
    calendar_feed,
    calendar_feed_renew,
    calendar_feed_settings,
    calendar_feed_withdraw,
)
from visits.views.contact_edits import (
    contact_edit,
)
from visits.views.contacts import (
    contact_create,
)
from visits.views.corrections import (
    contact_move,
    contact_put_back,
    contact_withdraw,
    withdrawn_contacts,
)
from visits.views.feedback import (
    answer_take_back,
    feedback_withdraw,
    question_answer,
    question_close,
    question_create,
    thanks_answer,
    thanks_create,
)
from visits.views.groups.attendance import (
    group_attendance,
    group_attendance_print,
)
from visits.views.groups.dates import (
    group_date_cancel,
    group_date_move,
    group_date_restore,
    group_dates_create,
    group_dates_undo,
)
from visits.views.groups.endings import (
    group_end,
    group_reopen,
)
from visits.views.groups.members import (
    group_leave,
    group_members_add,
    group_return,
)
from visits.views.groups.series import (
    group_create,
    group_detail,
    group_edit,
    group_list,
)
from visits.views.heads import (
    heads_create,
)
from visits.views.other_time import (
    other_time_create,
    other_time_edit,
    other_time_put_back,
    other_time_withdraw,
)
from visits.views.phone import (
    contact_offline,
    contact_received,
    contact_token,
    service_worker,
)
from visits.views.steps import (
    next_step_create,
    next_step_done,
)
from visits.views.supervision import (
    supervision_topic_delete,
    supervision_topic_done,
    supervision_topic_edit,
    supervision_topic_list,
    supervision_topic_reopen,
)
from visits.views.tasks import (
    task_create,
    task_done,
    task_edit,
    task_reopen,
    task_take_back,
)

__all__ = [
    "appointment_cancel",
    "appointment_create",
    "appointment_edit",
    "appointment_restore",
    "answer_take_back",
    "booking_cancel",
    "booking_choose",
    "booking_create",
    "booking_move",
    "calendar_feed",
    "calendar_feed_renew",
    "calendar_feed_settings",
    "calendar_feed_withdraw",
    "contact_create",
    "contact_edit",
    "contact_move",
    "contact_offline",
    "contact_put_back",
    "contact_received",
    "contact_token",
    "contact_withdraw",
    "feedback_withdraw",
    "heads_create",
    "group_attendance",
    "group_attendance_print",
    "group_create",
    "group_date_cancel",
    "group_date_move",
    "group_date_restore",
    "group_dates_create",
    "group_dates_undo",
    "group_detail",
    "group_edit",
    "group_end",
    "group_leave",
    "group_list",
    "group_members_add",
    "group_reopen",
    "group_return",
    "next_step_create",
    "next_step_done",
    "other_time_create",
    "other_time_edit",
    "other_time_put_back",
    "other_time_withdraw",
    "question_answer",
    "question_close",
    "question_create",
    "supervision_topic_delete",
    "supervision_topic_done",
    "supervision_topic_edit",
    "supervision_topic_list",
    "supervision_topic_reopen",
    "supporter_ask",
    "service_worker",
    "task_create",
    "task_done",
    "task_edit",
    "task_reopen",
    "task_take_back",
    "thanks_answer",
    "thanks_create",
    "withdrawn_contacts",
]
