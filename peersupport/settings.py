"""One settings file for every place; what differs comes from the environment (table in README.md)."""

from pathlib import Path

import environ
import pghistory
from django.core.exceptions import ImproperlyConfigured

from peersupport import database
from peersupport.lib.content_security import POLICY, keep_static_files_to_our_pages

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
IS_DEMO = env.bool("PEERSUPPORT_DEMO", default=False)
# The demo is served over plain http on loopback, where browsers drop cookies marked Secure.
IS_LOCAL = DEBUG or IS_DEMO or env.bool("PEERSUPPORT_LOCAL", default=False)

# --- Where PostgreSQL is. Without DATABASE_URL an embedded server is started (docs/adr/0002).
DATABASE_ROLE = env.str("DATABASE_ROLE", default="web")
if DATABASE_ROLE == "web" and not IS_LOCAL and not env.str("DATABASE_URL", default=""):
    raise ImproperlyConfigured("DATABASE_URL is missing. Only a laptop starts a PostgreSQL of its own.")
DATABASES = {"default": env.db_url_config(database.locate(BASE_DIR).for_role(DATABASE_ROLE))}
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": False,  # the Scope middleware owns the transaction
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": env.bool("DATABASE_BEHIND_PGBOUNCER", default=False),
}
if DATABASE_ROLE == "web" and not env.bool("DATABASE_BEHIND_PGBOUNCER", default=False):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=4),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who may talk to us, and how
SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-laptop-" + "x" * 50 if IS_LOCAL else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Seal second factors, waiting mail and links in sessions; the first key encrypts, all of them decrypt.
FIELD_KEYS = env.list("FIELD_KEYS", default=[SECRET_KEY] if SECRET_KEY else [])
if DATABASE_ROLE == "job" and not FIELD_KEYS:
    raise ImproperlyConfigured("FIELD_KEYS is missing: the worker could not read the mail it is to send.")
if not SECRET_KEY and DATABASE_ROLE != "web":
    SECRET_KEY = "neither-commands-nor-the-worker-sign-anything-" + "x" * 32
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if IS_LOCAL else [])
# Where links in mail lead that no page has sent: the worker knows no request to take it from.
SITE_URL = env.str(
    "SITE_URL",
    default="http://127.0.0.1:8000" if IS_LOCAL else f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "",
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not IS_LOCAL]
SECURE_SSL_REDIRECT = not IS_LOCAL
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL
SECURE_CONTENT_TYPE_NOSNIFF = True
# With no-referrer Chromium sends "Origin: null" on form posts and Django answers 403.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = POLICY
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600

INSTALLED_APPS = [
    "peersupport.apps.PeerSupportConfig",
    "overviews",
    "reports",
    "exchange",
    "visits",
    "students",
    "supporters",
    "schools",
    "accounts",
    "operations",
    "peersupport.admin_site.PeerSupportAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "js_lib_bootstrap5",
    "bs_icon_templates",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "peersupport.middleware.RequestId",
    "peersupport.middleware.Health",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "peersupport.middleware.NoStore",
    # Outside the session and the scope: what it writes outlives a refusal's rollback.
    "accounts.middleware.Refusals",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.Authentication",
    "accounts.languages.Language",
    "accounts.middleware.LoginRequired",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "peersupport.scope.middleware.Scope",  # last: what stands before it reads only sign-in tables
]

ROOT_URLCONF = "peersupport.urls"
WSGI_APPLICATION = "peersupport.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peersupport.navigation.frame",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- History (docs/adr/0016)
PGHISTORY_APPEND_ONLY = True  # events change for nobody; erasure says pgtrigger.ignore
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)  # only what is asked by gets an index
# Events hold what was; the words for it, and what is allowed now, are the model's.
PGHISTORY_EXCLUDE_FIELD_KWARGS = {
    "django.db.models.Field": ["choices", "default", "help_text", "validators", "verbose_name"]
}

# --- Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are confirmed by the invitation, not by sign-up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # mail to strangers would invite them to sign up
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}  # at most 20 tries an hour on one account (T8)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Peer Support"
SECOND_FACTOR_REQUIRED = not IS_DEMO
PASSWORD_RESET_TIMEOUT = 3600
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "given_name", "family_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.OwnWordsValidator"},
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = "sid" if IS_LOCAL else "__Host-sid"
SESSION_COOKIE_SECURE = not IS_LOCAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # absolute; the idle limit is SessionLimits'
SESSION_IDLE_SECONDS = 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "csrf" if IS_LOCAL else "__Host-csrf"
CSRF_COOKIE_SECURE = not IS_LOCAL
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
if env.bool("BEHIND_PROXY", default=False):
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)

CACHES = {
    # Rate limits must hold across processes; the table is made by a migration of operations.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "operations_cache",
        # Of more than this some are thrown away: with the usual 300 a few hundred made-up names would wipe
        # out the count of wrong passwords for a real one.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- Language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English"), ("da", "Dansk")]  # each named in itself
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "peersupport.formats"
USE_I18N = USE_TZ = True
# The choice made on the sign-in page, in this browser; whoever is signed in has a column.
LANGUAGE_COOKIE_NAME = "language" if IS_LOCAL else "__Host-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = not IS_LOCAL
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Europe/Stockholm"

# --- Static files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "peersupport.lib.static_files.StaticFiles"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ADD_HEADERS_FUNCTION = keep_static_files_to_our_pages
WHITENOISE_ALLOW_ALL_ORIGINS = False  # else each file would say that every site may read it

# --- Mail: written into the outbox by whoever has something to say, sent by the worker alone
EMAIL_BACKEND = "operations.mail_backend.OutboxBackend"
# The worker's mail server. Printed mail would leave reset links in a log; the demo shows mail on a page.
NO_SERVER = "dummymail://" if IS_DEMO else "consolemail://"
PRINTS_MAIL = IS_LOCAL or DATABASE_ROLE != "job"
MAIL_SERVER = env.email_url("EMAIL_URL", **({"default": NO_SERVER} if PRINTS_MAIL else {}))
DELIVERY_BACKEND = MAIL_SERVER.pop("EMAIL_BACKEND")
vars().update(MAIL_SERVER)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="peer-support@localhost.example")
ADMINS: list[tuple[str, str]] = []  # a traceback by mail would carry personal data

# --- Jobs. A nightly job missed by less than a day is made up for when the worker is back.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}

DEFAULT_EXCEPTION_REPORTER_FILTER = "peersupport.lib.logging.HideAllValues"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "peersupport.lib.logging.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"level": "WARNING"},
        "django.security": {"level": "INFO"},
        "peersupport": {"level": "INFO"},
    },
}
ADMIN_PATH = env.str("ADMIN_PATH", default="admin/")
SILENCED_SYSTEM_CHECKS: list[str] = []
