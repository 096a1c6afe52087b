"""The web server's entry.

It asks the database once who it is, and refuses to serve as one who could pass the lock.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")
os.environ.setdefault("DATABASE_ROLE", "web")

application = get_wsgi_application()

from peersupport.scope.checks import refuse_to_serve_as_owner  # noqa: E402  needs the apps loaded

refuse_to_serve_as_owner()
