"""Is this process alive, and can it serve."""

import logging

import redis
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from bancheng.services.live import hints
from tenants import schema_sql

log = logging.getLogger(__name__)


def alive(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers as it should; without Valkey everything but hints works."""
    state = _database() | {"live": _valkey()}
    serves = state["database"] and state["migrations"]
    return JsonResponse(state, status=200 if serves else 503, headers={"Cache-Control": "no-store"})


def _database() -> dict[str, bool]:
    """`database`: reached as nobody's role; `migrations`: none of the shared schema is missing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            role = cursor.fetchone()
            cursor.execute("SELECT app, name FROM public.django_migrations")
            applied = set(cursor.fetchall())
    except Error:
        log.exception("not ready")
        return {"database": False, "migrations": False}
    missing = schema_sql.loader().graph.nodes.keys() - applied
    return {"database": role == ("hall_nobody",), "migrations": not missing}


def _valkey() -> bool:
    try:
        return bool(hints.valkey().ping())
    except redis.RedisError:
        return False
