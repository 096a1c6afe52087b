"""Addresses of contacts, bookings, next steps, feedback, tasks, topics and other time."""

from django.urls import path

from visits import views

app_name = "visits"
PART = "contacts/<uuid:public_id>/students/<uuid:student_id>"
STUDENT = "students/<uuid:public_id>/"
OTHER_TIME = "other-time/<uuid:public_id>/"
TOPIC = "supervision-topics/<uuid:public_id>/"
BOOKING = "bookings/<uuid:public_id>/"
APPOINTMENT = "appointments/<uuid:public_id>/"
GROUP, GROUP_DATE = "groups/<uuid:public_id>/", "groups/dates/<uuid:public_id>/"
MEMBER = "groups/participants/<uuid:public_id>/"

urlpatterns = [
    path("contacts/new/", views.contact_create, name="contact_create"),
    path("contacts/without-names/new/", views.heads_create, name="heads_create"),
    path("contacts/offline/", views.contact_offline, name="contact_offline"),
    path("contacts/token/", views.contact_token, name="contact_token"),
    path("contacts/received/", views.contact_received, name="contact_received"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("contacts/<uuid:public_id>/edit/", views.contact_edit, name="contact_edit"),
    path("bookings/new/", views.booking_choose, name="booking_choose"),
    path(f"{STUDENT}bookings/new/", views.booking_create, name="booking_create"),
    path(f"{BOOKING}move/", views.booking_move, name="booking_move"),
    path(f"{BOOKING}cancel/", views.booking_cancel, name="booking_cancel"),
    path("calendar/feed/", views.calendar_feed_settings, name="calendar_feed_settings"),
    path("calendar/feed/renew/", views.calendar_feed_renew, name="calendar_feed_renew"),
    path("calendar/feed/withdraw/", views.calendar_feed_withdraw, name="calendar_feed_withdraw"),
    path("calendar/feed/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("groups/", views.group_list, name="group_list"),
    path("groups/new/", views.group_create, name="group_create"),
    path(GROUP, views.group_detail, name="group_detail"),
    path(f"{GROUP}edit/", views.group_edit, name="group_edit"),
    path(f"{GROUP}end/", views.group_end, name="group_end"),
    path(f"{GROUP}reopen/", views.group_reopen, name="group_reopen"),
    path(f"{GROUP}dates/new/", views.group_dates_create, name="group_dates_create"),
    path(f"{GROUP}participants/new/", views.group_members_add, name="group_members_add"),
    path(f"{GROUP_DATE}undo/", views.group_dates_undo, name="group_dates_undo"),
    path(f"{GROUP_DATE}move/", views.group_date_move, name="group_date_move"),
    path(f"{GROUP_DATE}cancel/", views.group_date_cancel, name="group_date_cancel"),
    path(f"{GROUP_DATE}restore/", views.group_date_restore, name="group_date_restore"),
    path(f"{GROUP_DATE}attendance/", views.group_attendance, name="group_attendance"),
    path(f"{GROUP_DATE}attendance/print/", views.group_attendance_print, name="group_attendance_print"),
    path(f"{MEMBER}leave/", views.group_leave, name="group_leave"),
    path(f"{MEMBER}return/", views.group_return, name="group_return"),
    path(f"{STUDENT}next-step/", views.next_step_create, name="next_step_create"),
    path(f"{STUDENT}next-step/done/", views.next_step_done, name="next_step_done"),
    path("contacts/<uuid:public_id>/move/<uuid:student_id>/", views.contact_move, name="contact_move"),
    path("contacts/<uuid:public_id>/withdraw/", views.contact_withdraw, name="contact_withdraw"),
    path("contacts/<uuid:public_id>/put-back/", views.contact_put_back, name="contact_put_back"),
    path(
        "students/<uuid:public_id>/withdrawn-contacts/", views.withdrawn_contacts, name="withdrawn_contacts"
    ),
    path(f"{PART}/thanks/", views.thanks_create, name="thanks_create"),
    path(f"{PART}/question/", views.question_create, name="question_create"),
    path("feedback/<uuid:public_id>/withdraw/", views.feedback_withdraw, name="feedback_withdraw"),
    path("questions/<uuid:public_id>/answer/", views.question_answer, name="question_answer"),
    path("thanks/<uuid:public_id>/answer/", views.thanks_answer, name="thanks_answer"),
    path("answers/<uuid:public_id>/take-back/", views.answer_take_back, name="answer_take_back"),
    path("questions/<uuid:public_id>/close/", views.question_close, name="question_close"),
    path("appointments/new/", views.appointment_create, name="appointment_create"),
    path(f"{APPOINTMENT}edit/", views.appointment_edit, name="appointment_edit"),
    path(f"{APPOINTMENT}cancel/", views.appointment_cancel, name="appointment_cancel"),
    path(f"{APPOINTMENT}restore/", views.appointment_restore, name="appointment_restore"),
    path("other-time/new/", views.other_time_create, name="other_time_create"),
    path(f"{OTHER_TIME}edit/", views.other_time_edit, name="other_time_edit"),
    path(f"{OTHER_TIME}withdraw/", views.other_time_withdraw, name="other_time_withdraw"),
    path(f"{OTHER_TIME}put-back/", views.other_time_put_back, name="other_time_put_back"),
    path("supervision-topics/", views.supervision_topic_list, name="supervision_topic_list"),
    path(f"{TOPIC}edit/", views.supervision_topic_edit, name="supervision_topic_edit"),
    path(f"{TOPIC}done/", views.supervision_topic_done, name="supervision_topic_done"),
    path(f"{TOPIC}reopen/", views.supervision_topic_reopen, name="supervision_topic_reopen"),
    path(f"{TOPIC}delete/", views.supervision_topic_delete, name="supervision_topic_delete"),
    path("cases/<uuid:public_id>/ask-supporter/", views.supporter_ask, name="supporter_ask"),
    path("tasks/new/", views.task_create, name="task_create"),
    path("tasks/<uuid:public_id>/edit/", views.task_edit, name="task_edit"),
    path("tasks/<uuid:public_id>/done/", views.task_done, name="task_done"),
    path("tasks/<uuid:public_id>/reopen/", views.task_reopen, name="task_reopen"),
    path("tasks/<uuid:public_id>/take-back/", views.task_take_back, name="task_take_back"),
]
