"""The site's addresses as the demo has them."""

from django.urls import include, path

from operations.urls import app_name
from operations.urls import urlpatterns as always
from operations.views import demo
from peersupport.urls import urlpatterns as site

in_demo = [*always, path("demo/mail/", demo.sent_mail, name="sent_mail")]
urlpatterns = [path("", include((in_demo, app_name))), *site]
