"""Addresses of home visits, of concern, incidents and numbers to ring."""

from django.urls import path

from safety import views

app_name = "safety"
VISIT = "home-visits/<uuid:public_id>/"
OF_STUDENT = "students/<uuid:public_id>/concern/"
REPORT = "concern-reports/<uuid:public_id>/"
NUMBER = "numbers/<uuid:public_id>/"

urlpatterns = [
    path("concern/", views.concern, name="concern"),
    path("concern/offline/", views.concern_offline, name="concern_offline"),
    path("concern/tell/", views.concern_tell, name="concern_tell"),
    path("concern/form/", views.concern_form, name="concern_form"),
    path(OF_STUDENT, views.concern_of_student, name="concern_of_student"),
    path(f"{OF_STUDENT}reported/", views.concern_report_create, name="concern_report_create"),
    path(f"{REPORT}edit/", views.concern_report_edit, name="concern_report_edit"),
    path(f"{REPORT}withdraw/", views.concern_report_withdraw, name="concern_report_withdraw"),
    path("incidents/", views.incident_list, name="incident_list"),
    path("incidents/new/", views.incident_create, name="incident_create"),
    path("incidents/<uuid:public_id>/", views.incident_detail, name="incident_detail"),
    path("numbers/", views.number_list, name="number_list"),
    path("numbers/new/", views.number_create, name="number_create"),
    path(f"{NUMBER}edit/", views.number_edit, name="number_edit"),
    path(f"{NUMBER}withdraw/", views.number_withdraw, name="number_withdraw"),
    path("home-visits/", views.visit_list, name="visit_list"),
    path("home-visits/now/", views.visit_now, name="visit_now"),
    path("home-visits/key/", views.visit_key, name="visit_key"),
    path("home-visits/over/", views.visit_over, name="visit_over"),
    path("bookings/<uuid:public_id>/risk-check/", views.risk_check, name="risk_check"),
    path(VISIT, views.visit_detail, name="visit_detail"),
    path(f"{VISIT}left/", views.visit_leave, name="visit_leave"),
    path(f"{VISIT}checked-in/", views.visit_check_in, name="visit_check_in"),
    path(f"{VISIT}longer/", views.visit_extend, name="visit_extend"),
    path(f"{VISIT}done/", views.visit_finish, name="visit_finish"),
    path(f"{VISIT}help/", views.visit_help, name="visit_help"),
    path(f"{VISIT}not-made/", views.visit_not_made, name="visit_not_made"),
    path(f"{VISIT}address/", views.visit_address, name="visit_address"),
    path(f"{VISIT}keys/end/", views.visit_end_keys, name="visit_end_keys"),
]
