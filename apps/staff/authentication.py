"""From a cookie or a bearer secret to an Actor, for HTTP and for sockets alike.

A session belongs to the hall it was made in: it lies in that hall's schema and names the hall.
Actors are built anew for every request, so that a lost role is lost at once (ASVS 8.3.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.staff import devices, queries
from apps.staff.session_store import SessionStore
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Forbidden, Unauthenticated
from bancheng.kernel.hall import here

_POST, _HALL, _BEGUN, _SEEN = "post", "hall", "begun", "seen"
_CHANGE, _BROWSER = "change", "browser"
_SEEN_EVERY = 60
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
DEVICE_COOKIE = "bancheng_device"
TOKEN_PREFIX, DEVICE_PREFIX = "bct_", "bcd_"


class PasswordChangeRequired(Forbidden):
    """Somebody else knows this password, or it is too old: first choose another one."""

    code = "session.password_change_required"


@dataclass(frozen=True, slots=True)
class Said:
    """What a session of the current hall says of itself; times in seconds."""

    post_id: UUID
    begun: int
    seen: int
    browser: str


def begin(
    session: SessionBase, post_id: UUID, *, must_change: bool = False, browser: str = ""
) -> None:
    """Start a signed-in session under a fresh key; one that `must_change` opens nothing yet."""
    session.cycle_key()
    session[_POST], session[_HALL] = str(post_id), str(here().id)
    session[_BEGUN] = session[_SEEN] = int(clock.now().timestamp())
    session[_CHANGE], session[_BROWSER] = must_change, browser[:200]


def must_change(session: SessionBase) -> bool:
    """Whether this session may do nothing but change its password."""
    return session.get(_CHANGE) is True


def password_changed(session: SessionBase, post_id: UUID) -> None:
    """From now on the session opens what its post opens, under a fresh key; where a token asked
    there is none, or another person's, which stays as it is."""
    if session.get(_POST) == str(post_id):
        session.cycle_key()
        session[_CHANGE] = False
        session.save()


def said_by(kept: Mapping[str, Any]) -> Said | None:
    """What a session says of itself; None for one that nobody signed in with, or that is over."""
    post, now = kept.get(_POST), int(clock.now().timestamp())
    if not post or kept.get(_HALL) != str(here().id) or _over(kept, now):
        return None
    return Said(UUID(post), kept[_BEGUN], kept[_SEEN], kept.get(_BROWSER, ""))


def _over(kept: Mapping[str, Any] | SessionBase, now: int) -> bool:
    """After 12 hours however busy, after 30 idle minutes."""
    too_long = now - int(kept.get(_BEGUN, 0)) > settings.SESSION_COOKIE_AGE
    return too_long or now - int(kept.get(_SEEN, 0)) > settings.SESSION_IDLE_SECONDS


def actor_from_session(session: SessionBase) -> Actor | None:
    """The actor of a live session of this hall.

    A session ends after 30 idle minutes, and 12 hours after it began however busy it was.
    """
    post_id = session.get(_POST)
    if not post_id or session.get(_HALL) != str(here().id):
        return None
    now, seen = int(clock.now().timestamp()), int(session.get(_SEEN, 0))
    if _over(session, now):
        session.flush()
        return None
    if now - seen > _SEEN_EVERY:
        session[_SEEN] = now
    return queries.actor_of_post(UUID(post_id))


def actor_from_session_key(key: str) -> Actor | None:
    """The same for a socket, which only has the cookie's value; none while the password must be
    changed first."""
    session = SessionStore(key)
    return None if must_change(session) else actor_from_session(session)


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
            self._require_own_password(request)
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

    def _require_own_password(self, request: Request) -> None:
        view = (request.parser_context or {}).get("view")
        if must_change(request._request.session) and not getattr(view, "before_change", False):
            raise PasswordChangeRequired

    def _enforce_csrf(self, request: HttpRequest) -> None:
        """The body is read first: the check may parse a form, after which nobody could read it. A
        file is no form: its bytes wait until somebody may send them. Reading needs no token."""
        if request.method in _READING:
            return
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
