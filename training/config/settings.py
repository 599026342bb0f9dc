"""Django's settings. What an operator may change comes from the environment (environment.py)."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from training.config.environment import BASE_DIR, read_environment

ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT.secret_key or "only-for-debug-on-this-computer"
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.hosts or (["localhost", "127.0.0.1"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.trusted_origins

ROOT_URLCONF = "training.config.urls"
WSGI_APPLICATION = "training.config.wsgi.application"
AUTH_USER_MODEL = "training.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "training",
    "curriculum",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "training.accounts.session_list.ListOfSessions",
    "crispy_forms",
    "rules",
]

MIDDLEWARE = [
    "training.config.middleware.request_log",
    # Above all that may answer by itself: redirects to https and static files carry it as well.
    "training.config.middleware.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Around all that writes pages, and within what sends static files, which are packed already.
    "django.middleware.gzip.GZipMiddleware",
    "training.config.middleware.nothing_is_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "training.config.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "training.cohorts.behind_a_session.Authentication",
    "training.config.middleware.forms_sent",
    "django.contrib.messages.middleware.MessageMiddleware",
    "training.config.middleware.consent",
    "training.config.middleware.SignInFirst",
    "training.config.middleware.SessionsEnd",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "training.config.middleware.refused_methods",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "training.front.context.site",
            ],
        },
    }
]
CRISPY_TEMPLATE_PACK = "chancery"
CRISPY_ALLOWED_TEMPLATE_PACKS = "chancery"
CRISPY_FAIL_SILENTLY = False
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database. Both engines run the same code; the differences end here. ---

SQLITE_OPTIONS = {
    # With Django's defaults 50 writers get "database is locked"; with these they queue.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
        "PRAGMA temp_store=MEMORY;"
    ),
}
database: dict[str, Any] = dict(dj_database_url.parse(ENVIRONMENT.database_url))
if database["ENGINE"].endswith("sqlite3"):
    Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    database["OPTIONS"] = SQLITE_OPTIONS
    database["CONN_MAX_AGE"] = None
else:
    # Compiling a plan, sharing it among processes and making another for each value pay for reports
    # that run for seconds. Ours run for one millisecond (training/decisions/0033 and 0034).
    quick = "-c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan"
    if ENVIRONMENT.transaction_pooler:
        # A long list is fetched by a cursor that outlives its transaction: the next piece of it
        # would be asked of another connection, which has no such cursor. And a pooler refuses a
        # connection that brings settings: README says how the role gets them.
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        # Statements of hot pages are planned once (config/postgresql/prepared.py).
        database["OPTIONS"] = {
            "options": quick,
            "prepare_threshold": 5,
            **database.get("OPTIONS", {}),
        }
    database["ENGINE"] = "training.config.postgresql"
    database["CONN_MAX_AGE"] = 300
    database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": database}

# The cache only counts (rate limits): losing it is harmless. It must be shared by all workers.
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.redis_url,
        }
        if ENVIRONMENT.redis_url
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "chancery_cache",
        }
    )
}

# --- Signing in ---

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "training.cohorts.sign_in.PersonWithRoles",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    if ENVIRONMENT.fips
    else [
        "training.accounts.hashers.Argon2id",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {
        "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email", "service_number"]},
    },
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": "training.accounts.passwords.LongestAllowed"},
    {"NAME": "training.accounts.passwords.NotTheSiteItself"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "training.front.door.Door"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{ENVIRONMENT.site_name}] "
ACCOUNT_USERNAME_BLACKLIST = ["admin", "root"]
ACCOUNT_PREVENT_ENUMERATION = True
# A reset asked for an address that nobody here has is not a reason to write to it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# X-Forwarded-For is believed only as far as this many proxies of the operator's own write it.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxy_count
ACCOUNT_FORMS = {
    "login": "training.front.forms.SignInForm",
    "reset_password": "training.front.forms.ForgottenForm",
    "change_password": "training.front.forms.NewPasswordForm",
    "reauthenticate": "training.front.forms.ConfirmForm",
}
# Twenty wrong passwords for one name from one address (accounts/tries.py), and this many from one
# address in a minute for any names (front/forms.py). Successes are not counted
# by address: a class of 200 behind one address would queue for the one counter and be refused.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
SIGN_IN_REFUSALS_A_MINUTE = 300
MFA_ADAPTER = "training.accounts.second_step.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = ENVIRONMENT.site_name
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "training.config.session_store"
# In seconds. Both clocks are the server's (training/accounts/sessions.py); 0 turns one off.
SESSION_LONGEST = SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 60 * 60
SESSION_IDLE = ENVIRONMENT.idle_minutes * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "training.front.views.errors.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
if ENVIRONMENT.https:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
PASSWORD_RESET_TIMEOUT = 60 * 60

# --- What a browser is told ---

SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https
SECURE_HSTS_PRELOAD = ENVIRONMENT.https
if ENVIRONMENT.proxy_ssl_header:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# --- Files that never change ---

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = ENVIRONMENT.var_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "training.config.static_storage.FlattenedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Language and time: everything is stored in UTC ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LANGUAGE_COOKIE_HTTPONLY = True
# Every word is marked for translation; where there is one language, none is looked up for one.
USE_I18N = len(LANGUAGES) > 1
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

# --- Mail ---

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
EMAIL_HOST = ENVIRONMENT.email_host
EMAIL_PORT = ENVIRONMENT.email_port
EMAIL_HOST_USER = ENVIRONMENT.email_user
EMAIL_HOST_PASSWORD = ENVIRONMENT.email_password
EMAIL_USE_TLS = ENVIRONMENT.email_tls
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENVIRONMENT.email_host
    # Without a mail host nothing is sent, and no reset link may end up in a log.
    else f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"
)

# --- This site ---

SITE_NAME = ENVIRONMENT.site_name
SITE_TAGLINE = ENVIRONMENT.site_tagline
CLASSIFICATION = ENVIRONMENT.classification
CONSENT_BANNER = ENVIRONMENT.banner
# What stops when the audit trail cannot be written (training/audit/actions.py).
EXAMS_BEFORE_TRAIL = ENVIRONMENT.exams_before_trail
CONTENT_DIR = BASE_DIR / "curriculum" / "content"
# What the processes of this machine tell each other about its clock (training/clock/kept.py).
CLOCK_FILE = ENVIRONMENT.var_dir / "clock.json"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"only_a_warning": {"()": "training.config.logs.OnlyAWarning"}},
    "formatters": {"json": {"()": "training.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Somebody pasted too much: nothing is broken.
        **{
            f"django.security.{name}": {"filters": ["only_a_warning"]}
            for name in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
        },
    },
}
