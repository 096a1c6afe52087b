"""Addresses of contacts, bookings, next steps, thanks, questions and tasks."""

from django.urls import path

from visits import views

app_name = "visits"
PART = "contacts/<uuid:public_id>/students/<uuid:student_id>"
STUDENT = "students/<uuid:public_id>/"
BOOKING = "bookings/<uuid:public_id>/"

urlpatterns = [
    path("contacts/new/", views.contact_create, name="contact_create"),
    path("contacts/offline/", views.contact_offline, name="contact_offline"),
    path("contacts/token/", views.contact_token, name="contact_token"),
    path("contacts/received/", views.contact_received, name="contact_received"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("contacts/<uuid:public_id>/edit/", views.contact_edit, name="contact_edit"),
    path(f"{STUDENT}bookings/new/", views.booking_create, name="booking_create"),
    path(f"{BOOKING}move/", views.booking_move, name="booking_move"),
    path(f"{BOOKING}cancel/", views.booking_cancel, name="booking_cancel"),
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
    path("questions/<uuid:public_id>/close/", views.question_close, name="question_close"),
    path("tasks/new/", views.task_create, name="task_create"),
    path("tasks/<uuid:public_id>/edit/", views.task_edit, name="task_edit"),
    path("tasks/<uuid:public_id>/done/", views.task_done, name="task_done"),
    path("tasks/<uuid:public_id>/reopen/", views.task_reopen, name="task_reopen"),
]
