"""One file, all from the environment. `ipta init` makes what a new installation needs."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ipta.accounts import oidc

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("IPTA_DATA_DIR", ROOT / "var" / "dev"))
DEMO = os.environ.get("IPTA_DEMO") == "1"
DEBUG = os.environ.get("IPTA_DEBUG") == "1"
TESTING = os.environ.get("PYTEST_VERSION") is not None
# Plain http is for this machine alone: the demo, the tests, development.
IS_LOCAL = DEMO or DEBUG or TESTING or os.environ.get("IPTA_LOCAL") == "1"


def _file(name: str, variable: str) -> Path:
    """Where a secret lies: said in the environment; else a credential of systemd; else the data folder."""
    credential = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nowhere")) / name
    usual = credential if credential.exists() else DATA_DIR / name
    return Path(os.environ.get(variable) or usual)


def _secret(file: Path) -> str:
    if file.is_file():
        return file.read_text().strip()
    return "only-for-tests-and-set-up" if IS_LOCAL or os.environ.get("IPTA_INIT") else ""


SECRET_KEY_FILE = _file("secret_key", "IPTA_SECRET_KEY_FILE")
SECRET_KEY = _secret(SECRET_KEY_FILE)
MASTER_KEY_FILE = _file("master.key", "IPTA_MASTER_KEY_FILE")
LOG_KEY_FILE = _file("log.key", "IPTA_LOG_KEY_FILE")  # signs the seals over both logs
SEALS_DIR = os.environ.get("IPTA_SEALS_DIR", "")  # a place outside; empty: `tick` makes no seals
ALLOWED_HOSTS = os.environ.get("IPTA_HOSTS", "localhost 127.0.0.1 [::1]" if IS_LOCAL else "").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("IPTA_ORIGINS", "").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ipta.vault",
    "ipta.journal",
    "ipta.reference",
    "ipta.accounts",
    "ipta.dossiers",
    "ipta.sharing",
    "ipta.law",
    "ipta.scouting",
    "ipta.scans",
    "ipta.plans",
    "ipta.workplaces",
    "ipta.placements",
    "ipta.wraparound",
    "ipta.web",
]

MIDDLEWARE = [
    "ipta.web.middleware.nobody_yet",
    "ipta.web.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ipta.web.middleware.Answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
        "ENGINE": "ipta.base.postgres",
        # The tests sign in as the owner of everything, and ask as the web does.
        "WEB_ROLE": "ipta_web" if TESTING else "",
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
# Counted by all workers together: how often something was tried, and which code was used.
CACHES = {
    "default": {
        "BACKEND": "ipta.accounts.shared.SharedCache",
        "LOCATION": "shared_cache",
        "KEY_FUNCTION": "ipta.accounts.shared.unreadable_key",
    }
}
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
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"reset_password": "ipta.web.account.forms.AskForPassword"}
# Django's own: allauth's writes a row for each address that is asked about.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Wrong tries: of one account first, so that who fails does not keep out the colleagues behind the same address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key,100/10m/ip",
    "reset_password": "5/10m/key,100/10m/ip",
    "reset_password_from_key": "100/10m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
}
# How many proxies of our own stand in front: what they wrote down is true, what stands before it anybody can make up.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if IS_LOCAL else int(os.environ.get("IPTA_PROXIES", "1"))
MFA_ADAPTER = "ipta.accounts.adapters.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "300/10m/ip"}
MFA_FORMS = {
    "authenticate": "ipta.web.mfa.forms.Authenticate",
    "reauthenticate": "ipta.web.mfa.forms.Reauthenticate",
    "activate_totp": "ipta.web.mfa.forms.ActivateTOTP",
    "add_webauthn": "ipta.web.mfa.forms.AddPasskey",
    "login_webauthn": "ipta.web.mfa.forms.LoginPasskey",
    "authenticate_webauthn": "ipta.web.mfa.forms.AuthenticatePasskey",
    "reauthenticate_webauthn": "ipta.web.mfa.forms.ReauthenticatePasskey",
}
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

# Text messages, for municipalities that have a gateway (ipta/base/texting.py). For whom: their codes; empty: all here.
TEXT_URL = os.environ.get("IPTA_TEXT_URL", "")
TEXT_FOR = os.environ.get("IPTA_TEXT_FOR", "").split()
TEXT_TOKEN_FILE = _file("text.token", "IPTA_TEXT_TOKEN_FILE")
TEXT_TOKEN = TEXT_TOKEN_FILE.read_text().strip() if TEXT_URL and TEXT_TOKEN_FILE.is_file() else ""

# The municipality's own identity provider: a button on the sign-in page for each (ipta/accounts/oidc.py).
IDENTITY_PROVIDERS = (
    oidc.read(Path(os.environ["IPTA_OIDC_FILE"]), is_local=IS_LOCAL) if "IPTA_OIDC_FILE" in os.environ else []
)
SOCIALACCOUNT_ADAPTER = "ipta.accounts.providers.OnlyColleagues"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "ipta.accounts.providers.OfMunicipality",
        "APPS": [provider.as_app() for provider in IDENTITY_PROVIDERS],
    }
}

# Sessions: staff 30 minutes of rest, youths 15 (web/middleware.py); twelve hours at most.
SESSION_ENGINE = "ipta.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
STAFF_REST = 30 * 60
YOUTH_REST = 15 * 60  # of who came in without a device of his own
GUEST_REST = 15 * 60
# __Host-: a browser takes it only over https, from this very host; no neighbour on the same domain can set it.
COOKIE_PREFIX = "" if IS_LOCAL else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessie"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}taal"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = not IS_LOCAL
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "ipta.web.errors.stale_form"

# Headers
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL
SECURE_PROXY_SSL_HEADER = None if IS_LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser sends Origin: null, and no form is accepted
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HEADERS = {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(
        [
            *(f"{power}=()" for power in ("camera", "geolocation", "payment", "usb", "serial", "hid")),
            *(f"{power}=()" for power in ("midi", "display-capture", "accelerometer", "gyroscope")),
            *(f"{power}=()" for power in ("magnetometer", "browsing-topics", "xr-spatial-tracking", "idle-detection")),
            "microphone=(self)",  # a note can be spoken, where the device itself understands it
            *(f"publickey-credentials-{verb}=(self)" for verb in ("get", "create")),
        ]
    ),
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],  # a spoken message
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
        "upgrade-insecure-requests": not IS_LOCAL,
    }
}

# Reading outside these hours stands out in the weekly review.
_first, _last = os.environ.get("IPTA_USUAL_HOURS", "7-23").split("-")
USUAL_HOURS = (int(_first), int(_last))

# Words and times
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [ROOT / "ipta" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("IPTA_STATIC_DIR", ROOT / "var" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_HANDLERS = ["ipta.web.uploads.InMemory"]  # what comes in never lies on a disk before it is sealed
CLAMD = os.environ.get("IPTA_CLAMD", "")  # socket of the virus scanner: /run/clamav/clamd.ctl, or host:port
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
