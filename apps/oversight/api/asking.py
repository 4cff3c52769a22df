"""Filters of oversight's lists, from allow-lists."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter

from apps.cases.api.answering import one_of
from apps.oversight.queries import Wanted
from bancheng.kernel.errors import Invalid

PAGE = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


def wanted(
    request: HttpRequest,
    *,
    levels: Iterable[str] = (),
    states: Iterable[str] = (),
    kinds: Iterable[str] = (),
) -> Wanted:
    """What the list is narrowed to; raises Invalid."""
    running = one_of(request, "running", ("true", "false"))
    return Wanted(
        unit=_uuid(request, "unit"),
        level=one_of(request, "level", levels),
        state=one_of(request, "state", states),
        kind=one_of(request, "kind", kinds),
        running=running == "true" if running else None,
    )


def day(request: HttpRequest, name: str) -> date:
    """A needed day; raises Invalid."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        raise Invalid(errors={name: ["invalid"]}) from None


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    value = request.GET.get(name)
    try:
        return UUID(value) if value else None
    except ValueError:
        raise Invalid(errors={name: ["invalid"]}) from None
