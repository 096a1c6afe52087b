"""Addresses of contacts."""

from django.urls import path

from visits import views

app_name = "visits"
urlpatterns = [
    path("contacts/new/", views.contact_create, name="contact_create"),
    path("contacts/<uuid:public_id>/edit/", views.contact_edit, name="contact_edit"),
    path("contacts/<uuid:public_id>/move/<uuid:student_id>/", views.contact_move, name="contact_move"),
    path("contacts/<uuid:public_id>/withdraw/", views.contact_withdraw, name="contact_withdraw"),
    path("contacts/<uuid:public_id>/put-back/", views.contact_put_back, name="contact_put_back"),
    path(
        "students/<uuid:public_id>/withdrawn-contacts/", views.withdrawn_contacts, name="withdrawn_contacts"
    ),
]
