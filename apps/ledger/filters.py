"""Which cases a ledger is about: the filters of every list of cases, and two of its own."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter

from apps.cases.listing import narrowing, sorts, wanted
from apps.cases.reading import records
from apps.cases.reading.records import Row
from apps.oversight import registers as oversight
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid

Filters = Mapping[str, str]
ARCHIVED = "ledger.archived"
_LONGEST, _PERSONAL = 400, re.compile(r"\d(?:[ ()+-]*\d){6}")
_CASE_NUMBER = re.compile(r"\bBCS-\d{8}-\d+\b", re.IGNORECASE)
OPENAPI = [
    *wanted.OPENAPI,
    OpenApiParameter("card", str, enum=list(oversight.LEVELS), description="lit and still running"),
    OpenApiParameter("archived", bool, description="of the closed ones"),
]
NAMES = tuple(one.name for one in OPENAPI)


def of(given: Mapping[str, str]) -> dict[str, str]:
    """The filters among what an address or a body names, checked; raises Invalid."""
    found = {name: given[name][:_LONGEST] for name in NAMES if given.get(name)}
    wanted.of_query(found)
    if found.get("card", "") not in ("", *oversight.LEVELS):
        raise Invalid(errors={"card": ["unknown"]})
    if found.get("archived", "") not in ("", "true", "false"):
        raise Invalid(errors={"archived": ["unknown"]})
    return found


def kept(given: Mapping[str, str]) -> dict[str, str]:
    """Filters that are to be stored: a phone or ID number somebody searched for is not, it would
    lie in plain where nobody looks for one. Raises Invalid."""
    found = of(given)
    if _PERSONAL.search(_CASE_NUMBER.sub("", found.get("q", ""))):
        raise Invalid(errors={"q": ["personal"]})
    return found


def rows(filters: Filters, by: Actor, *, cases: Collection[UUID] = ()) -> QuerySet[Row, Row]:
    """The visible cases that fit, unordered; `cases` is a selection by hand. Raises Forbidden."""
    asked = replace(wanted.of_query(filters), cases=tuple(cases))
    found = narrowing.narrowed(asked, by)
    if filters.get("card"):
        found = found.filter(id__in=oversight.cases_with_card(filters["card"], by))
    if filters.get("archived"):
        yes = filters["archived"] == "true"
        found = records.said_since_closing(found, ARCHIVED, yes=yes)
    return found


def order(name: str) -> sorts.Sort:
    """A sort of the allow-list; raises Invalid."""
    return sorts.of(name)
