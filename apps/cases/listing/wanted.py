"""What a list of cases is narrowed to: the allow-list of filters, and how an address names them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter

from apps.cases.rules import Cause, Outcome, State, Urgency
from bancheng.kernel.errors import Invalid

T = TypeVar("T")
DUE = ("overdue", "today", "soon")
REFERRALS = ("in", "out")
_MOST_CODES, _LONGEST_CODE, _LONGEST_TEXT = 30, 40, 100
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the hall's calendar, both included; an open end has no limit."""

    first: date | None = None
    last: date | None = None

    @property
    def days(self) -> float:
        """How many; an open end makes it endless."""
        if self.first is None or self.last is None:
            return math.inf
        return (self.last - self.first).days + 1


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of cases is narrowed to; empty fields narrow nothing.

    `department` leads the case, `first_responder` and `handler` are posts. `mine` are those the
    asker or the asker's department answers for. `cases` is a selection by hand.
    """

    states: Sequence[str] = ()
    cause: str = ""
    blocking_reasons: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    urgency: str = ""
    channel: str = ""
    department: UUID | None = None
    first_responder: UUID | None = None
    handler: UUID | None = None
    mine: bool = False
    due: str = ""
    confidential: bool | None = None
    reopened: bool | None = None
    referral: str = ""
    registered: Span = ALWAYS
    due_on: Span = ALWAYS
    closed: Span = ALWAYS
    text: str = ""
    cases: Sequence[UUID] = ()


def of_query(given: Mapping[str, str]) -> Wanted:
    """The filters that an address names; raises Invalid with the name of a wrong one."""
    asked = _Asked(given)
    return Wanted(
        states=asked.codes("state", State),
        cause=asked.code("cause", Cause),
        blocking_reasons=asked.codes("reason"),
        outcomes=asked.codes("outcome", Outcome),
        urgency=asked.code("urgency", Urgency),
        channel=asked.code("channel"),
        department=asked.ident("department"),
        first_responder=asked.ident("first_responder"),
        handler=asked.ident("handler"),
        mine=asked.truth("mine") or False,
        due=asked.code("due", DUE),
        confidential=asked.truth("confidential"),
        reopened=asked.truth("reopened"),
        referral=asked.code("referral", REFERRALS),
        registered=asked.span("registered"),
        due_on=asked.span("due"),
        closed=asked.span("closed"),
        text=given.get("q", "").strip()[:_LONGEST_TEXT],
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Reading one address; every wrong value names its parameter."""

    given: Mapping[str, str]

    def code(self, name: str, allowed: Iterable[str] | None = None) -> str:
        value = self.given.get(name, "")
        if value and not _known(value, allowed):
            raise Invalid(errors={name: ["unknown"]})
        return value

    def codes(self, name: str, allowed: Iterable[str] | None = None) -> tuple[str, ...]:
        values = tuple(one for one in self.given.get(name, "").split(",") if one)
        if len(values) > _MOST_CODES or not all(_known(one, allowed) for one in values):
            raise Invalid(errors={name: ["unknown"]})
        return values

    def truth(self, name: str) -> bool | None:
        value = self.given.get(name, "")
        if value and value not in _TRUTHS:
            raise Invalid(errors={name: ["unknown"]})
        return _TRUTHS.get(value)

    def ident(self, name: str) -> UUID | None:
        return self._parsed(name, UUID)

    def span(self, name: str) -> Span:
        first = self._parsed(f"{name}_from", date.fromisoformat)
        last = self._parsed(f"{name}_to", date.fromisoformat)
        if first and last and last < first:
            raise Invalid(errors={f"{name}_to": ["before_start"]})
        return Span(first, last)

    def _parsed(self, name: str, parse: Callable[[str], T]) -> T | None:
        value = self.given.get(name)
        try:
            return parse(value) if value else None
        except ValueError:
            raise Invalid(errors={name: ["invalid"]}) from None


def _known(value: str, allowed: Iterable[str] | None) -> bool:
    """One of a closed list; else a code that the hall may have, which a column can hold."""
    if allowed is None:
        return len(value) <= _LONGEST_CODE and value.isprintable()
    return value in set(allowed)


def _day(name: str) -> list[OpenApiParameter]:
    return [OpenApiParameter(f"{name}_from", date), OpenApiParameter(f"{name}_to", date)]


OPENAPI = [
    OpenApiParameter("state", str, description="one state or several, comma-separated"),
    OpenApiParameter("cause", str, enum=list(Cause)),
    OpenApiParameter("reason", str, description="blocking reasons, comma-separated"),
    OpenApiParameter("outcome", str, description="outcomes, comma-separated"),
    OpenApiParameter("urgency", str, enum=list(Urgency)),
    OpenApiParameter("channel", str),
    OpenApiParameter("department", UUID),
    OpenApiParameter("first_responder", UUID, description="a post"),
    OpenApiParameter("handler", UUID, description="a post"),
    OpenApiParameter("mine", bool),
    OpenApiParameter("due", str, enum=list(DUE)),
    OpenApiParameter("confidential", bool),
    OpenApiParameter("reopened", bool),
    OpenApiParameter("referral", str, enum=list(REFERRALS)),
    *_day("registered"),
    *_day("due"),
    *_day("closed"),
    OpenApiParameter("q", str, description="words, all of them; a whole name or number"),
]
PARAMETERS = tuple(one.name for one in OPENAPI)
