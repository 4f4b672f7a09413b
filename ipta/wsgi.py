import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ipta.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 - the apps must be there

from ipta.cli.check import refuse_to_start  # noqa: E402

refuse_to_start()
connections.close_all()  # each thread opens its own
