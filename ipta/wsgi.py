import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ipta.settings")
application = get_wsgi_application()

from ipta.web.checks import refuse_open_doors  # noqa: E402 - the apps must be there

refuse_open_doors()
