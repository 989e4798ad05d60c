"""Settings for the tests: the same house, with a data folder that is thrown away."""

import os
import tempfile

os.environ.setdefault("BETTER_STORY_HOME", tempfile.mkdtemp(prefix="better-story-test-"))
os.environ.setdefault("BETTER_STORY_URL", "https://story.example.org")

from betterstory.website.settings import *  # noqa: F403 - the folder has to be named first
from betterstory.website.settings import DATABASES, MIDDLEWARE

DATABASES = {**DATABASES}
# A cheap hash: the tests prove that codes are hashed, not how slowly.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "story", "form"
SECURE_HSTS_SECONDS = 0
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
