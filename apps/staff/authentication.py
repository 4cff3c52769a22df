"""From a cookie or a bearer secret to an Actor, for HTTP and for sockets alike.

A session belongs to the hall it was made in: it lies in that hall's schema and names the hall.
Actors are built anew for every request, so that a lost role is lost at once (ASVS 8.3.2).
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.staff import devices, queries
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Unauthenticated
from bancheng.kernel.hall import here

_POST, _HALL, _BEGUN, _SEEN = "post", "hall", "begun", "seen"
_SEEN_EVERY = 60
DEVICE_COOKIE = "bancheng_device"
TOKEN_PREFIX, DEVICE_PREFIX = "bct_", "bcd_"


def begin(session: SessionBase, post_id: UUID) -> None:
    """Start a signed-in session under a fresh key."""
    session.cycle_key()
    session[_POST], session[_HALL] = str(post_id), str(here().id)
    session[_BEGUN] = session[_SEEN] = int(clock.now().timestamp())


def actor_from_session(session: SessionBase) -> Actor | None:
    """The actor of a live session of this hall.

    A session ends after 30 idle minutes, and 12 hours after it began however busy it was.
    """
    post_id = session.get(_POST)
    if not post_id or session.get(_HALL) != str(here().id):
        return None
    now, seen = int(clock.now().timestamp()), int(session.get(_SEEN, 0))
    over = now - int(session.get(_BEGUN, 0)) > settings.SESSION_COOKIE_AGE
    if over or now - seen > settings.SESSION_IDLE_SECONDS:
        session.flush()
        return None
    if now - seen > _SEEN_EVERY:
        session[_SEEN] = now
    return queries.actor_of_post(UUID(post_id))


def actor_from_session_key(key: str) -> Actor | None:
    """The same for a socket, which only has the cookie's value."""
    return actor_from_session(SessionStore(key))


def actor_from_secret(secret: str) -> Actor | None:
    """The actor of an API token or of a device."""
    if secret.startswith(TOKEN_PREFIX):
        return queries.actor_of_token(secret)
    return device_from_secret(secret)


def device_from_secret(secret: str) -> Actor | None:
    """The device of a secret; a person's token is none, in a cookie or a link."""
    row = queries.device_of(secret) if secret.startswith(DEVICE_PREFIX) else None
    if row is None:
        return None
    devices.seen(row.id, row.last_seen_at)
    return queries.device_actor(row)


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


class StaffAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`, or a cookie of a session or of a device, with its CSRF token."""

    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        header = request.headers.get("Authorization", "")
        if header.startswith("Bearer "):
            return self._secret(header.removeprefix("Bearer ").strip())
        actor = actor_from_session(request._request.session)
        if actor is not None:
            self._enforce_csrf(request._request)
            return actor, None
        cookie = request.COOKIES.get(DEVICE_COOKIE)
        device = device_from_secret(cookie) if cookie else None
        if device is None:
            return None
        self._enforce_csrf(request._request)
        return device, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def _secret(self, secret: str) -> tuple[Actor, None]:
        actor = actor_from_secret(secret)
        if actor is None:
            raise Unauthenticated
        return actor, None

    def _enforce_csrf(self, request: HttpRequest) -> None:
        """The body is read first: the check may parse a form, after which nobody could read it. A
        file is no form: its bytes wait until somebody may send them."""
        if request.content_type != "application/octet-stream":
            _ = request.body
        check = _Csrf(lambda _: None)  # type: ignore[arg-type]
        check.process_request(request)
        reason = check.process_view(request, lambda: HttpResponse(), (), {})
        if reason:
            raise PermissionDenied(f"CSRF: {reason}")


class SignedIn(BasePermission):
    """Any known actor; what it may do is asked in the services."""

    def has_permission(self, request: Request, view: object) -> bool:
        return isinstance(request.user, Actor) and request.user.kind == "person"


class SignedInOrDevice(BasePermission):
    """A person or a paired display."""

    def has_permission(self, request: Request, view: object) -> bool:
        return isinstance(request.user, Actor)
