"""Finding the view of an address by its first word instead of trying several hundred patterns."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Address = URLPattern | URLResolver


class Addresses(URLResolver):
    """What `path(route, include(addresses))` makes; each of the addresses begins with a word."""

    def __init__(self, route: str, addresses: list[Address]) -> None:
        super().__init__(RoutePattern(route), addresses)
        self._route = route

    def resolve(self, path: str) -> Any:
        rest = str(path).removeprefix(self._route)
        group = self._groups.get(rest.partition("/")[0])
        return super().resolve(path) if group is None else group.resolve(path)

    @cached_property
    def _groups(self) -> dict[str, URLResolver]:
        """Those of each first word, in their order."""
        found: dict[str, list[Address]] = defaultdict(list)
        for address in _flat(self.url_patterns):
            found[str(address.pattern).partition("/")[0]].append(address)
        return {word: URLResolver(self.pattern, together) for word, together in found.items()}


def _flat(addresses: list[Address]) -> Iterator[Address]:
    """The addresses themselves, without the empty routes they were included by."""
    for address in addresses:
        if isinstance(address, URLResolver) and not str(address.pattern):
            yield from _flat(address.url_patterns)
        else:
            yield address
