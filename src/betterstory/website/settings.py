"""Settings. Everything a place may choose comes from the environment that ./start prepares.

BETTER_STORY_HOME  the folder everything is written to (default ./data)
BETTER_STORY_URL   the address people reach this place at; printed on cards
BETTER_STORY_DEMO  1 for the invented place that anyone may look around in
BETTER_STORY_HALL  1 for the small site of a hall network: cards, voting and statements alone
BETTER_STORY_INBOX the pack of a hall's second laptop; its other settings are in inbox_settings
BETTER_STORY_SITE_KEY_FILE  a file that holds the site key, instead of keys/site.key in the data folder
BETTER_STORY_COPIES         the folder encrypted copies are written to (default copies in the data folder)
BETTER_STORY_KEY_COPIES     the same for copies of the keys (default keys in that folder)
BETTER_STORY_COPY_DAYS      how long copies of the database are kept (default 365)
BETTER_STORY_KEY_COPY_DAYS  how long copies of the keys are kept (default 30, and 30 at most)
DATABASE_URL       postgres://user:password@host:port/name instead of the SQLite file
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from betterstory.website.secret import read_or_make_secret

HOME = Path(os.environ.get("BETTER_STORY_HOME", "data")).resolve()
URL = os.environ.get("BETTER_STORY_URL", "http://localhost:8000").rstrip("/")
DEMO = os.environ.get("BETTER_STORY_DEMO") == "1"
HALL = os.environ.get("BETTER_STORY_HALL") == "1"
INBOX = os.environ.get("BETTER_STORY_INBOX", "")
SITE_KEY_FILE = (
    Path(os.environ["BETTER_STORY_SITE_KEY_FILE"]) if os.environ.get("BETTER_STORY_SITE_KEY_FILE") else None
)
COPIES = os.environ.get("BETTER_STORY_COPIES", "")
KEY_COPIES = os.environ.get("BETTER_STORY_KEY_COPIES", "")
COPY_DAYS = max(1, int(os.environ.get("BETTER_STORY_COPY_DAYS", "365")))
KEY_COPY_DAYS = min(30, max(1, int(os.environ.get("BETTER_STORY_KEY_COPY_DAYS", "30"))))
HTTPS = URL.startswith("https://")

SECRET_KEY = read_or_make_secret(HOME)
DEBUG = False
ALLOWED_HOSTS = [urlsplit(URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [URL]
APPEND_SLASH = True
ROOT_URLCONF = "betterstory.website.hall_urls" if HALL else "betterstory.website.urls"
WSGI_APPLICATION = "betterstory.website.wsgi.application"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Top to bottom, as the house is built; each folder brings its own addresses.
FEATURES = [
    "learning",
    "promises",
    "conversations",
    "behind",
    "stories",
    "poolside",
    "immersion",
    "places",
    "people",
    "ui",
]

INSTALLED_APPS = [
    "betterstory.website",
    *[f"betterstory.{name}" for name in FEATURES],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "betterstory.ui.middleware.QuietHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "betterstory.people.visit.VisitMiddleware",
    "betterstory.ui.middleware.RefusalMiddleware",
]
if HALL:
    # No cookies leave on a hall network: a card's code inside a signed form is enough there.
    MIDDLEWARE = [
        "betterstory.conversations.pages.ready.ReadyPages",
        *[
            name
            for name in MIDDLEWARE
            if not any(word in name for word in ("session", "csrf", "contrib.auth", "messages"))
        ],
    ]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                *([] if HALL else ["django.contrib.messages.context_processors.messages"]),
                "betterstory.ui.context.display",
                "betterstory.people.visit.who_is_looking",
                # reads the place with the ledger's head beside it, in one query
                "betterstory.website.context.demo",
                "betterstory.places.context.place",
            ],
        },
    }
]
FORM_RENDERER = "betterstory.ui.form_renderer.HouseForms"


def read_database(address: str) -> dict[str, object]:
    """The PostgreSQL settings that one address holds."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


# FULL, not NORMAL: an acknowledged promise survives a power cut. IMMEDIATE: two writers wait, none fails.
SQLITE: dict[str, object] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "story.sqlite3",
    # Kept open by each thread: when the last one closes, SQLite folds its log into the file and begins anew.
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}
DATABASES = {
    "default": read_database(os.environ["DATABASE_URL"]) if os.environ.get("DATABASE_URL") else SQLITE
}
# In the database, so that every process counts the same tries.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "kept"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["betterstory.ui.uploads.InMemory"]  # nothing lies on the disk in the clear
# A log of contacts is streamed to disk and weighed as it comes; larger ones go by the command line.
LOG_UPLOAD_LIMIT = 2_000_000_000

AUTHENTICATION_BACKENDS = [
    "betterstory.people.coming_in.CardBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "people:come_in"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "betterstory.people.adapter.ClosedDoor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Better Story"
MFA_ADAPTER = "betterstory.people.adapter.SealedFactors"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BETTER_STORY_PROXIES", "0"))
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(HOME / "post")},
    }
}
if os.environ.get("BETTER_STORY_MAIL"):
    mail = urlsplit(os.environ["BETTER_STORY_MAIL"])
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": mail.hostname or "localhost",
                "port": mail.port or 587,
                "username": unquote(mail.username or ""),
                "password": unquote(mail.password or ""),
                "use_ssl": mail.port == 465,  # sealed from the first byte; elsewhere sealed once greeted
                "use_tls": mail.port != 465 and (mail.scheme == "smtps" or mail.port in (None, 587)),
                "timeout": 10,  # a post office that does not answer must not hold up a page
            },
        }
    }
DEFAULT_FROM_EMAIL = os.environ.get("BETTER_STORY_MAIL_FROM", "better-story@localhost")

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
# browsers heed it only over https, and complain elsewhere
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
X_FRAME_OPTIONS = "DENY"
# In the session, not in a cookie: a message may hold a name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-story" if HTTPS else "story"
CSRF_COOKIE_NAME = "__Host-form" if HTTPS else "form"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT else None
)

# What happened goes to a file, by ids alone; what went wrong is said on the terminal too.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {name} {message}", "style": "{"}},
    "handlers": {
        "file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": HOME / "story.log",
            "formatter": "plain",
            "delay": True,
        },
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "loggers": {
        "betterstory": {"handlers": ["file", "console"], "level": "INFO"},
        "django": {"handlers": ["file", "console"], "level": "WARNING"},
        # a page that is not there is no trouble of ours
        "django.request": {"handlers": ["file", "console"], "level": "ERROR", "propagate": False},
    },
}
