"""From the headers of a socket's first request to its host, its origin and who it is."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port

from apps.staff import authentication, queries
from bancheng.kernel.actor import Actor

_BEARER = "Bearer "


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a socket shows of itself; kept while it lives, because it is asked again and again."""

    host: str
    origin: str
    bearer: str
    session_key: str
    device: str

    @classmethod
    def of(cls, scope: dict[str, Any]) -> Handshake:
        """Read an ASGI scope; a header given twice counts as not given."""
        headers = _single(scope["headers"])
        cookies = _cookies(headers.get(b"cookie", ""))
        authorization = headers.get(b"authorization", "")
        bears = authorization.startswith(_BEARER)
        return cls(
            host=headers.get(b"host", ""),
            origin=headers.get(b"origin", ""),
            bearer=authorization.removeprefix(_BEARER).strip() if bears else "",
            session_key=cookies.get(settings.SESSION_COOKIE_NAME, ""),
            device=cookies.get(authentication.DEVICE_COOKIE, ""),
        )

    @property
    def host_name(self) -> str:
        """The host without its port."""
        return str(split_domain_port(self.host)[0])

    @property
    def same_origin(self) -> bool:
        """The page comes from exactly this host and port (security.md §2.2).

        A program without a page sends no Origin; then only a bearer secret counts, never a cookie
        that a browser would add by itself.
        """
        if not self.origin:
            return bool(self.bearer)
        try:
            page = urlsplit(self.origin)
        except ValueError:
            return False
        return page.scheme in ("http", "https") and page.netloc.lower() == self.host.lower()

    def actor(self) -> Actor | None:
        """Who this is at this moment, in the current hall, as HTTP would see it: a bearer secret
        alone, else the session, else the display."""
        if self.bearer:
            return authentication.actor_from_secret(self.bearer)
        if self.session_key:
            actor = authentication.actor_from_session_key(self.session_key)
            if actor is not None:
                return actor
        return queries.actor_of_device(self.device) if self.device else None


def _single(headers: list[tuple[bytes, bytes]]) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for name, value in headers:
        found[name] = "" if name in found else value.decode("latin-1")
    return found


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
