"""The HTML shells of the front end, with the hall's boot data put in.

A shell is never cached and sets the CSRF cookie; everything it loads is immutable.
"""

import html
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from apps.staff import authentication
from bancheng.kernel.hall import HallRef, here

_LOCALES = ("zh-CN", "zh-TW", "en")
_LOCALE_COOKIE = "bancheng_locale"
_YEAR = 365 * 24 * 3600


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """The staff console; every address the API does not know is one of its routes."""
    return _shell(request, "staff.html")


@require_safe
def portal(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The citizens' pages."""
    return _shell(request, "portal.html")


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """The number display."""
    return _of_device(request, "display.html", "/display/")


@require_safe
def kiosk(request: HttpRequest) -> HttpResponse:
    """The kiosk that gives out numbers."""
    return _of_device(request, "kiosk.html", "/kiosk/")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The screens' service worker; at the root, since its place bounds what it may serve."""
    response = HttpResponse(_text("sw.js"), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _of_device(request: HttpRequest, name: str, path: str) -> HttpResponse:
    """A screen's page; a device link is exchanged for a cookie and leaves the address bar."""
    secret = request.GET.get("device")
    if secret is None:
        return _shell(request, name)
    response = HttpResponseRedirect(path)
    if authentication.device_from_secret(secret) is not None:
        response.set_cookie(
            authentication.DEVICE_COOKIE,
            secret,
            max_age=_YEAR,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure(),
        )
    return response


def _shell(request: HttpRequest, name: str) -> HttpResponse:
    locale = _locale(request)
    filled = _text(name).replace("__LANG__", locale).replace("__BOOT__", _boot(locale))
    get_token(request)
    response = HttpResponse(filled)
    response["Cache-Control"] = "no-cache"
    return response


def _boot(locale: str) -> str:
    """JSON that cannot end its script element."""
    ref = here()
    data: dict[str, Any] = {
        "hall": {"id": str(ref.id), "slug": ref.slug, "name": ref.name, "level": ref.level},
        "network": ref.network_name,
        "deskName": ref.desk_name,
        "place": _place(ref),
        "locale": locale,
        "csrfCookie": settings.CSRF_COOKIE_NAME,
        "release": _release(),
    }
    text = json.dumps(data, ensure_ascii=False)
    return re.sub(r"[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _place(ref: HallRef) -> dict[str, Any]:
    """Where the desk is found, as far as the hall has said (C-83); several numbers are parted."""
    phones = [phone for phone in re.split(r"[,;，；、]\s*", ref.phone) if phone]
    said = {"address": ref.address, "hours": ref.hours, "phones": phones}
    return {name: value for name, value in said.items() if value}


def _locale(request: HttpRequest) -> str:
    wish = request.COOKIES.get(_LOCALE_COOKIE, "")
    return wish if wish in _LOCALES else _LOCALES[0]


def _text(name: str) -> str:
    path = Path(settings.FRONTEND_DIST) / name
    if not path.is_file():
        return f"<!doctype html><title>{html.escape(name)}</title><p>frontend.not_built: make front"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, changed_at: int) -> str:
    return path.read_text(encoding="utf-8")


def _release() -> str:
    manifest = Path(settings.FRONTEND_DIST) / "manifest.json"
    return str(manifest.stat().st_mtime_ns) if manifest.is_file() else "none"
