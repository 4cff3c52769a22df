"""Filters, columns, sort and page from an address."""

from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter

from apps.cases.listing import sorts
from apps.ledger import filters

COLUMNS = OpenApiParameter("columns", str, description="keys, comma-separated")
SORT = sorts.OPENAPI
FILTERS = filters.OPENAPI
PAGE = [OpenApiParameter("limit", int), OpenApiParameter("cursor", str)]


def look(request: HttpRequest) -> dict[str, Any]:
    """`filters`, `columns` and `sort` of an address; raises Invalid."""
    keys = request.GET.get("columns", "")
    return {
        "asked": filters.of(request.GET.dict()),
        "columns": [key for key in keys.split(",") if key],
        "sort": request.GET.get("sort", ""),
    }
