"""Every address under /api/v1/ with the methods its view offers, from the resolver itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PREFIX = "api/v1/"
_METHODS = ("get", "post", "put", "patch", "delete")
_converter = re.compile(r"<[^>]+>")


def offered() -> set[str]:
    """`GET cases/<id>` and so on: every id is written alike."""
    found = set()
    for route, view in _views(get_resolver().url_patterns, ""):
        if route.startswith(PREFIX):
            address = _converter.sub("<id>", route.removeprefix(PREFIX))
            found |= {f"{method.upper()} {address}" for method in _METHODS if hasattr(view, method)}
    return found


def _views(patterns: Iterable[Any], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, getattr(pattern.callback, "cls", None)
