from django.urls import path

from supporters import views

app_name = "supporters"
urlpatterns = [
    path("supporters/new/", views.supporter_create, name="supporter_create"),
    path("supporters/<uuid:public_id>/edit/", views.supporter_edit, name="supporter_edit"),
    path("supporters/<uuid:public_id>/placements/new/", views.placement_create, name="placement_create"),
    path("placements/<uuid:public_id>/end/", views.placement_end, name="placement_end"),
    path("my-profile/", views.own_profile, name="own_profile"),
    path("my-profile/experience/", views.lived_experience, name="lived_experience"),
    path("my-profile/experience/delete/", views.lived_experience_delete, name="lived_experience_delete"),
]
