"""Addresses of referrals, pupils' records and support periods."""

from django.urls import path

from students import views

app_name = "students"
REFERRAL = "referrals/<uuid:public_id>/"
STUDENT = "students/<uuid:public_id>/"
CASE = "cases/<uuid:public_id>/"
PERSON = "people/<uuid:public_id>/"

urlpatterns = [
    path("referrals/", views.referral_list, name="referral_list"),
    path("referrals/new/", views.referral_create, name="referral_create"),
    path(REFERRAL, views.referral_detail, name="referral_detail"),
    path(f"{REFERRAL}accept/", views.referral_accept, name="referral_accept"),
    path(f"{REFERRAL}await-consent/", views.referral_await_consent, name="referral_await_consent"),
    path(f"{REFERRAL}withdraw/", views.referral_withdraw, name="referral_withdraw"),
    path(f"{REFERRAL}decline/", views.referral_decline, name="referral_decline"),
    path("waiting-list/", views.waiting_list, name="waiting_list"),
    path("opened-names/", views.opening_list, name="opening_list"),
    path(f"{CASE}match/", views.match, name="match"),
    path(f"{CASE}assign/<uuid:supporter_id>/", views.assignment_create, name="assignment_create"),
    path(f"{CASE}edit/", views.case_edit, name="case_edit"),
    path(f"{CASE}pause/", views.case_pause, name="case_pause"),
    path(f"{CASE}resume/", views.case_resume, name="case_resume"),
    path(f"{CASE}end/", views.case_close, name="case_close"),
    path(f"{CASE}reopen/", views.case_reopen, name="case_reopen"),
    path("assignments/<uuid:public_id>/end/", views.assignment_end, name="assignment_end"),
    path(f"{STUDENT}edit/", views.student_edit, name="student_edit"),
    path(f"{STUDENT}whereabouts/", views.whereabouts, name="whereabouts"),
    path(f"{STUDENT}get-in-touch/", views.reach, name="reach"),
    path(f"{STUDENT}whereabouts/edit/", views.whereabouts_edit, name="whereabouts_edit"),
    path(f"{STUDENT}identity/", views.identity_open, name="identity_open"),
    path(f"{STUDENT}identity/edit/", views.identity_edit, name="identity_edit"),
    path(
        f"{STUDENT}identity/guardians/<uuid:guardian_id>/",
        views.sealed_guardian_edit,
        name="sealed_guardian_edit",
    ),
    path(f"{STUDENT}protection/", views.protection_edit, name="protection_edit"),
    path(f"{STUDENT}guardians/new/", views.guardian_create, name="guardian_create"),
    path(f"{STUDENT}named-people/new/", views.named_person_create, name="named_person_create"),
    path(
        f"{STUDENT}named-people/<uuid:user_id>/remove/", views.named_person_remove, name="named_person_remove"
    ),
    path(f"{STUDENT}people/new/", views.person_create, name="person_create"),
    path(f"{PERSON}edit/", views.person_edit, name="person_edit"),
    path(f"{PERSON}end/", views.person_end, name="person_end"),
    path(f"{PERSON}first-contact/", views.person_first_contact, name="person_first_contact"),
    path(f"{STUDENT}merge/", views.merge_find, name="merge_find"),
    path(f"{STUDENT}merge/<uuid:other_id>/", views.merge, name="merge"),
    path(f"{STUDENT}school/", views.school_change, name="school_change"),
    path("school-moves/", views.school_move_list, name="school_move_list"),
    path("school-moves/<uuid:public_id>/", views.school_move_answer, name="school_move_answer"),
    path("school-moves/<uuid:public_id>/cancel/", views.school_move_cancel, name="school_move_cancel"),
    path("merges/<uuid:public_id>/", views.merge_detail, name="merge_detail"),
    path("merges/<uuid:public_id>/undo/", views.merge_undo, name="merge_undo"),
    path("guardians/<uuid:public_id>/edit/", views.guardian_edit, name="guardian_edit"),
]
