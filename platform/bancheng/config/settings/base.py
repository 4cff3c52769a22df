"""What is true for every Bancheng process."""

import os
from pathlib import Path
from typing import Any

from bancheng.config.settings.database import database
from bancheng.config.settings.openapi import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS

ROOT = Path(__file__).resolve().parents[4]
DATA = Path(os.environ.get("BANCHENG_DATA", ROOT / ".bancheng"))

SECRET_KEY = os.environ.get("BANCHENG_SECRET_KEY", "")
MASTER_KEY = os.environ.get("BANCHENG_MASTER_KEY", "")
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the hall middleware answers 404 for every host that is no hall's
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = False

SHARED_APPS = [
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "tenants",
    "bancheng.services.audit",
    "bancheng.services.outbox",
    "bancheng.services.idempotency",
    "bancheng.services.live",
    "bancheng.city.identity",
    "bancheng.city.calendar",
    "bancheng.city.parameters",
    "bancheng.city.catalogue",
    "bancheng.city.imports",
    "bancheng.city.exchange",
    "bancheng.city.rollups",
    "bancheng.city.visits",
]
TENANT_APPS = [
    "django.contrib.sessions",
    "bancheng.services.audit",
    "bancheng.services.outbox",
    "bancheng.services.idempotency",
    "bancheng.services.live",
    "apps.staff",
    "apps.windows",
    "apps.cases",
    "apps.notices",
    "apps.attachments",
    "apps.drafts",
    "apps.work",
    "apps.oversight",
    "apps.conduct",
    "apps.portal",
    "apps.overview",
    "apps.policies",
    "apps.documents",
    "apps.ledger",
    "apps.setup",
]
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS]
TENANT_MODEL = "tenants.Hall"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_LIMIT_SET_CALLS = True
TENANT_DB_ALIAS = "owner"  # where django-tenants may migrate
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["django_tenants.W003"]


def databases(web: str, owner: str) -> dict[str, Any]:
    """`default` serves under the halls' roles; `owner` exists where migrations are run."""
    entries = {"default": database(web, hall_roles=True)}
    if owner:
        entries["owner"] = database(owner, hall_roles=False) | {"CONN_MAX_AGE": 0}
    return entries


DATABASES = databases(
    os.environ.get("DATABASE_WEB_URL", "postgresql://bancheng_web@127.0.0.1/bancheng"),
    os.environ.get("DATABASE_OWNER_URL", ""),
)

MIDDLEWARE = [
    "bancheng.config.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bancheng.config.middleware.hall_of_request",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "bancheng.config.urls"
ASGI_APPLICATION = "bancheng.config.asgi.application"
TEMPLATES: list[dict[str, Any]] = []

SESSION_ENGINE = "apps.staff.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS: list[str] = []
CSRF_FAILURE_VIEW = "bancheng.config.middleware.csrf_failed"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
USE_X_FORWARDED_HOST = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SECURE_CONTENT_TYPE_NOSNIFF = True
APPEND_SLASH = False

FILES = DATA / "files"  # sealed, and never served as they lie
CLAMD = os.environ.get("BANCHENG_CLAMD", "")
SCANNER = os.environ.get("BANCHENG_SCANNER", "")

_paper_fonts = os.environ.get("BANCHENG_PAPER_FONTS", "")
PAPER_FONTS = Path(_paper_fonts) if _paper_fonts else None  # further fonts for official papers

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FRONTEND_DIST = Path(os.environ.get("BANCHENG_FRONTEND_DIST", ROOT / "frontend" / "dist"))
STATICFILES_DIRS = [("app", FRONTEND_DIST)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.staff.authentication.StaffAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["apps.staff.authentication.SignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["bancheng.kernel.api.rendering.QuickJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["bancheng.kernel.api.parsing.SafeJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "bancheng.kernel.api.openapi.HallSchema",
    "EXCEPTION_HANDLER": "bancheng.kernel.api.problem.handle",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    "URL_FORMAT_OVERRIDE": None,
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 0.3, "max_retries": 0}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "httpx": {"level": "WARNING"}},
}
