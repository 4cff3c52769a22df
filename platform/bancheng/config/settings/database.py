"""A database URL as Django wants it."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database(url: str, *, hall_roles: bool) -> dict[str, Any]:
    """One DATABASES entry for `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    return {
        "ENGINE": "bancheng.kernel.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "HALL_ROLES": hall_roles,
    }
