"""Settings of the portal; every value that differs between sites comes from the environment."""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def text(name: str, default: str) -> str:
    """Return an environment variable as text, blank counting as absent."""
    return str(env.str(name, default="")).strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Return an environment variable as yes or no."""
    return bool(env.bool(name, default=default))


def words(name: str, default: str = "") -> list[str]:
    """Return an environment variable as a list of words parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


# The demo runs in one process on SQLite and invents its own secret; tests do likewise.
TESTING = "pytest" in sys.modules
IN_ONE_PROCESS = sys.argv[1:2] == ["demo"]
DEMO_MODE = flag("DEMO_MODE", default=False) or IN_ONE_PROCESS
STATE_DIR = Path(text("STATE_DIR", str(BASE_DIR / "var")))

# Core
DEBUG = flag("DEBUG", default=False)
SECRET_KEY = text("SECRET_KEY", "")
if not SECRET_KEY:
    if not (DEBUG or DEMO_MODE or TESTING or sys.argv[0].endswith("mypy") or len(sys.argv) < 2):
        needs_no_secret = {"check", "makemigrations", "collectstatic", "classify", "help"}
        if sys.argv[1] not in needs_no_secret:
            raise ImproperlyConfigured(
                "SECRET_KEY is not set. Give the site a long random secret in the environment, "
                "or start the demo with `make run`."
            )
    SECRET_KEY = "insecure: demo, tests and offline commands only, never a site that people reach"  # noqa: S105
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ROOT_URLCONF = "atmp_portal.urls"
WSGI_APPLICATION = "atmp_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "atmp_portal",
    "qc",
    "dossiers",
    "classification",
    "accounts",
    "audit",
    "accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "atmp_portal.middleware.SiteTimeMiddleware",
    "atmp_portal.middleware.NullCharacterMiddleware",
    "atmp_portal.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

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
                "atmp_portal.context_processors.portal",
            ],
            "builtins": ["accounts.templatetags.portal", "crispy_forms.templatetags.crispy_forms_tags"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'portal.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    STATE_DIR.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
elif flag("DATABASE_POOL", default=False):
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": True}

# Cache, sessions and background work
REDIS_URL = text("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_AGE = 60 * 60 * 12
CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600} if REDIS_URL else {"polling_interval": 0.02}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
JOB_LEASE_SECONDS = int(text("JOB_LEASE_SECONDS", "60"))
PACKAGE_DAYS = int(text("PACKAGE_DAYS", "14"))
CELERY_BEAT_SCHEDULE = {
    "resend-stranded-jobs": {
        "task": "audit.jobs.resend_stranded_jobs",
        "schedule": min(15, JOB_LEASE_SECONDS),
    },
    "read-unread-texts": {"task": "dossiers.jobs.read_unread_texts", "schedule": 120},
    "check-stranded-uploads": {
        "task": "dossiers.jobs.check_stranded_uploads",
        "schedule": min(15, JOB_LEASE_SECONDS),
    },
    "expire-uploads": {"task": "dossiers.jobs.expire_uploads", "schedule": 60 * 60},
    "resend-unsent-mail": {"task": "accounts.jobs.resend_unsent_mail", "schedule": 60},
    "end-members": {"task": "dossiers.jobs.end_members", "schedule": 600},
    "forget-silent-editors": {"task": "dossiers.jobs.forget_silent_editors", "schedule": 120},
    "remove-expired-packages": {"task": "dossiers.jobs.remove_expired_packages", "schedule": 3600},
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.MembershipBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
INVITATION_DAYS = int(text("INVITATION_DAYS", "7"))
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.backends.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False

# Mail
vars().update(
    env.email_url("EMAIL_URL", default=f"filemail://{STATE_DIR}/mail" if DEMO_MODE else "consolemail://")
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("DEFAULT_FROM_EMAIL", "ATMP Portal <portal@example.org>")

# Language and time
LANGUAGE_CODE = "en-gb"
USE_I18N = False
FORMAT_MODULE_PATH = "atmp_portal.formats"
USE_TZ = True
TIME_ZONE = "UTC"
SITE_TIME_ZONE = text("SITE_TIME_ZONE", "Europe/Brussels")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
if TESTING or IN_ONE_PROCESS:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected there, and that is no mistake
MEDIA_ROOT = Path(text("MEDIA_ROOT", str(STATE_DIR / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not (DEBUG or TESTING or IN_ONE_PROCESS)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IN_ONE_PROCESS or DEBUG
WHITENOISE_MIMETYPES = {".mjs": "text/javascript", ".wasm": "application/wasm"}
MAX_UPLOAD_BYTES = int(text("MAX_UPLOAD_MB", "200")) * 1024 * 1024
UPLOAD_DAYS = int(text("UPLOAD_DAYS", "7"))
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "dossiers.uploads.LimitedFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Security
SECURE_SITE = flag("SECURE_SITE", default=not (DEBUG or DEMO_MODE or TESTING))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
SECURE_SSL_REDIRECT = SECURE_SITE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SITE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Logs
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": text("LOG_LEVEL", "WARNING" if (DEMO_MODE or TESTING) else "INFO"),
    },
}
