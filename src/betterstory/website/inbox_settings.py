"""Settings of a second laptop: no database at all, no sessions, no cookies, nobody to sign in."""

from betterstory.website.settings import *  # noqa: F403 - the same house, with less in it
from betterstory.website.settings import MIDDLEWARE as ALL_MIDDLEWARE

HALL = True
DEMO = False
ROOT_URLCONF = "betterstory.website.inbox_urls"
WSGI_APPLICATION = "betterstory.website.inbox_wsgi.application"
DATABASES = {}  # whoever asks one gets an error: there is nothing to ask
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MIDDLEWARE = [
    name
    for name in ALL_MIDDLEWARE
    # nor pages that lie ready: who answers from them asks the database
    if not any(word in name for word in ("session", "csrf", "contrib.auth", "messages", "ReadyPages"))
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "betterstory.ui.context.display",
                "betterstory.website.context.demo",
            ],
        },
    }
]
