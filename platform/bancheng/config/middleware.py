"""Security headers on every answer, and the hall of every request."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.signals import request_started
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from bancheng.kernel.api import problem
from bancheng.kernel.hall import current, hall
from tenants import directory

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types vue dompurify default",
    )
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_WITHOUT_HALL = ("/healthz", "/readyz")


def headers(get_response: Handler) -> Handler:
    """frontend.md §5.4 and security.md §6.3 row 15."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure() and settings.SECURE_HSTS_SECONDS:
            age = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
            response.headers.setdefault("Strict-Transport-Security", age)
        return response

    return middleware


def hall_of_request(get_response: Handler) -> Handler:
    """Enter the hall the Host header leads to; an unknown host is a 404 and nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in _WITHOUT_HALL:
            with hall(None):
                return get_response(request)
        try:
            ref = directory.by_host(split_domain_port(request.META.get("HTTP_HOST", ""))[0])
        except OperationalError:
            log.exception("the database cannot be asked for the hall")
            return problem.plain("database_unavailable", 503)
        if ref is None:
            return problem.plain("unknown_host", 404)
        with hall(ref):
            return get_response(request)

    return middleware


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF refusal as a problem answer."""
    return problem.plain("csrf_failed", 403)


def _forget_hall(**_: object) -> None:
    """Server threads keep their context between requests; none may begin inside a hall."""
    current.set(None)


request_started.connect(_forget_hall, dispatch_uid="forget_hall")
