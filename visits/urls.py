"""Addresses of contacts, of thanks and questions about them, and of tasks."""

from django.urls import path

from visits import views

app_name = "visits"
PART = "contacts/<uuid:public_id>/students/<uuid:student_id>"
urlpatterns = [
    path("contacts/new/", views.contact_create, name="contact_create"),
    path("contacts/<uuid:public_id>/edit/", views.contact_edit, name="contact_edit"),
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
