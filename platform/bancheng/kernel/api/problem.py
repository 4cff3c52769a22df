"""Every error leaves as RFC 9457 problem+json with a stable code and parameters."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from psycopg import errors as pg_errors
from rest_framework import exceptions
from rest_framework.response import Response

from bancheng.kernel.errors import Refusal

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
_RETRY_AFTER = {"busy": 1, "database_unavailable": 5}


def body(code: str, status: int, params: dict[str, Any] | None = None) -> dict[str, Any]:
    """The members of a problem answer."""
    answer: dict[str, Any] = {
        "type": "about:blank",
        "title": code,
        "status": status,
        "code": code,
        "params": params or {},
    }
    if params and "allowed" in params:
        answer["allowed"] = params["allowed"]
    return answer


def plain(code: str, status: int, **params: Any) -> JsonResponse:
    """A problem answer outside of DRF (middleware, unknown hosts)."""
    answer = JsonResponse(body(code, status, params), status=status, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    if code in _RETRY_AFTER:
        answer["Retry-After"] = str(_RETRY_AFTER[code])
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Django's handler400."""
    return plain("bad_request", 400)


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Django's handler404: an address that no view answers."""
    return plain("not_found", 404)


def failed(request: HttpRequest) -> JsonResponse:
    """Django's handler500; what went wrong is in the log only."""
    return plain("server_error", 500)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: Refusals and DRF's own errors become coded problems."""
    found = _known(error)
    if found is None:
        return None
    code, status, params = found
    response = Response(body(code, status, params), status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    wait = getattr(error, "wait", None) or _RETRY_AFTER.get(code)
    if wait:
        response["Retry-After"] = str(int(wait))
    return response


def _known(error: Exception) -> tuple[str, int, dict[str, Any]] | None:
    match error:
        case Refusal():
            return error.code, error.status, error.params
        case exceptions.ValidationError():
            return "invalid", 422, {"errors": _codes(error.get_codes())}
        case Http404() | exceptions.NotFound():
            return "not_found", 404, {}
        case PermissionDenied() | exceptions.PermissionDenied():
            return _csrf_or_forbidden(error), 403, {}
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return "unauthenticated", 401, {}
        case RequestDataTooBig():
            return "body_too_large", 413, {}
        case SuspiciousOperation():
            return "bad_request", 400, {}
        case exceptions.APIException():
            return str(error.default_code), error.status_code, {}
        case OperationalError() if isinstance(error.__cause__, pg_errors.LockNotAvailable):
            return "busy", 409, {}
        case OperationalError():
            log.exception("database not available")
            return "database_unavailable", 503, {}
    return None


def _csrf_or_forbidden(error: Exception) -> str:
    return "csrf_failed" if "CSRF" in str(error) else "forbidden"


def _codes(codes: Any) -> Any:
    """Validation codes with every leaf a list, so that clients need one shape."""
    if isinstance(codes, dict):
        return {key: _codes(value) for key, value in codes.items()}
    return codes if isinstance(codes, list) else [codes]
