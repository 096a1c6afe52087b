from django.conf import settings
from django.urls import path

from operations.views import demo, status

app_name = "operations"
urlpatterns = [
    path("administration/operations/", status.status, name="status"),
]
if settings.IS_DEMO:
    urlpatterns.append(path("demo/mail/", demo.sent_mail, name="sent_mail"))
