"""Versions over HTTP: `ETag: "v7"` out, `If-Match: "v7"` in (security.md §5.4)."""

import re

from django.http import HttpRequest

from bancheng.kernel.errors import PreconditionRequired, Stale

_tag = re.compile(r'(?:W/)?"v(\d{1,9})"').fullmatch


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"v{version}"'


def if_match(request: HttpRequest) -> int:
    """The version the caller saw; raises PreconditionRequired or, when unreadable, Stale."""
    header = request.headers.get("If-Match")
    if not header:
        raise PreconditionRequired
    found = _tag(header.strip())
    if found is None:
        raise Stale(current=None)
    return int(found.group(1))
