"""The door for the web server of a second laptop."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.inbox_settings")
application = get_wsgi_application()

from betterstory.website.second_laptop import watch_the_time  # noqa: E402 - after Django is set up

watch_the_time()
