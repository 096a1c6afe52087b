"""Addresses of contacts."""

from django.urls import path

from visits import views

app_name = "visits"
urlpatterns = [
    path("contacts/new/", views.contact_create, name="contact_create"),
    path("contacts/<uuid:public_id>/edit/", views.contact_edit, name="contact_edit"),
]
