from django.urls import path

from schools import views

app_name = "schools"
urlpatterns = [
    path("code-lists/", views.code_lists, name="code_lists"),
    path("memberships/<uuid:public_id>/confirm/", views.membership_confirm, name="membership_confirm"),
    path("schools/<uuid:public_id>/contacts/new/", views.contact_create, name="contact_create"),
    path("school-contacts/<uuid:public_id>/edit/", views.contact_edit, name="contact_edit"),
]
