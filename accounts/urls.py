from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.profile, name="profile"),
    path("account/switch/", views.switch, name="switch"),
    path("account/mail/", views.choose_mail, name="choose_mail"),
    path("account/language/", views.choose_language, name="choose_language"),
    path("account/sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
]
