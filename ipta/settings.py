"""One file, all from the environment. `ipta init` makes what a new installation needs."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("IPTA_DATA_DIR", ROOT / "var" / "dev"))
DEMO = os.environ.get("IPTA_DEMO") == "1"
DEBUG = os.environ.get("IPTA_DEBUG") == "1"
TESTING = os.environ.get("PYTEST_VERSION") is not None
# Plain http is for this machine alone: the demo, the tests, development.
IS_LOCAL = DEMO or DEBUG or TESTING or os.environ.get("IPTA_LOCAL") == "1"


def _secret(name: str) -> str:
    file = Path(os.environ.get(f"IPTA_{name.upper()}_FILE", DATA_DIR / name))
    if file.is_file():
        return file.read_text().strip()
    return "only-for-tests-and-set-up" if IS_LOCAL or os.environ.get("IPTA_INIT") else ""


SECRET_KEY = _secret("secret_key")
MASTER_KEY_FILE = Path(os.environ.get("IPTA_MASTER_KEY_FILE", DATA_DIR / "master.key"))
ALLOWED_HOSTS = os.environ.get("IPTA_HOSTS", "localhost 127.0.0.1 [::1]" if IS_LOCAL else "").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("IPTA_ORIGINS", "").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "ipta.vault",
    "ipta.journal",
    "ipta.accounts",
    "ipta.dossiers",
    "ipta.sharing",
    "ipta.scouting",
    "ipta.scans",
    "ipta.plans",
    "ipta.workplaces",
    "ipta.placements",
    "ipta.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ipta.web.middleware.no_store",
    "ipta.web.middleware.Answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "ipta.web.middleware.rest",
    "ipta.web.middleware.second_factor",
    "ipta.web.middleware.reader",
]

ROOT_URLCONF = "ipta.urls"
WSGI_APPLICATION = "ipta.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "ipta" / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ipta.web.context.house",
            ],
            "builtins": ["ipta.web.templatetags.ipta_ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]


def _sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / name,
        "OPTIONS": {
            # WAL with FULL: an acknowledged word survives a power cut (research: 0 of 400 lost).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgres(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": os.environ.get("IPTA_PG_HOST", ""),
        "PORT": os.environ.get("IPTA_PG_PORT", ""),
        "USER": os.environ.get("IPTA_PG_USER", ""),
        "PASSWORD": os.environ.get("IPTA_PG_PASSWORD", ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"connect_timeout": 2},
    }


if os.environ.get("IPTA_TEST_DATABASE") == "postgres" or "IPTA_PG_NAME" in os.environ:
    _name = os.environ.get("IPTA_PG_NAME", "ipta")
    DATABASES = {"default": _postgres(_name), "keys": _postgres(f"{_name}_keys")}
else:
    DATABASES = {"default": _sqlite("ipta.sqlite3"), "keys": _sqlite("keys.sqlite3")}
DATABASE_ROUTERS = ["ipta.vault.router.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who signs in, and how
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", "ipta.accounts.backends.ByCode"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "ipta.accounts.adapters.NobodySignsUp"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "ipta.accounts.adapters.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "IPTA"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a functional manager gave the address, and the password came by it
MFA_TOTP_TOLERANCE = 0
EMAIL_HOST = os.environ.get("IPTA_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("IPTA_EMAIL_PORT", "587"))
EMAIL_USE_TLS, EMAIL_TIMEOUT = True, 10
EMAIL_HOST_USER = os.environ.get("IPTA_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("IPTA_EMAIL_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("IPTA_EMAIL_FROM", "ipta@localhost")
# Without a mail server mails are printed: enough for this machine alone.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# Sessions: staff 30 minutes of rest, youths 15 (web/middleware.py); twelve hours at most.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
STAFF_REST = 30 * 60
YOUTH_REST = 15 * 60
SESSION_COOKIE_NAME = "sessie" if IS_LOCAL else "__Host-sessie"
CSRF_COOKIE_NAME = "csrf" if IS_LOCAL else "__Host-csrf"
LANGUAGE_COOKIE_NAME = "taal"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not IS_LOCAL
CSRF_FAILURE_VIEW = "ipta.web.errors.stale_form"

# Headers
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL
SECURE_PROXY_SSL_HEADER = None if IS_LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser sends Origin: null, and no form is accepted
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# Words and times
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [ROOT / "ipta" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Ids and verbs only: nobody's name or words ever reach a log line.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_words": {"()": "ipta.web.logs.NoWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_words"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
