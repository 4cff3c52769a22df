"""What the cases of this hall count for the city's facts (domain.md §5.1, §5.2). No names.

Attribution: who came and what was registered count in the hall of registration; a matter that was
referred away and answered counts its outcome in the hall that handled it, so that a network never
counts one result twice. A confidential case counts like any other but tells no cause.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, QuerySet

from apps.cases.models import CaseEvent, Deadline, Reception
from apps.cases.rules import Outcome, Stage, Step
from apps.cases.timekeeping.cards import SHORT
from bancheng.city.rollups.facts import APPLICANTS, NO_WINDOW, Facts, Slice
from bancheng.kernel import clock

ELSEWHERE = ("answered", "closed")
_EVENTS = {
    Step.REFERRALS.verb: "referred_up",
    Step.RETURN.verb: "returned",
    Step.REOPEN.verb: "reopened",
}
_PLACE = "r.window_id, CASE WHEN c.confidential THEN '' ELSE c.cause END"
_CASES = "cases_case c LEFT JOIN cases_reception r ON r.id = c.reception_id"
_ITS_CASE = """
    CROSS JOIN LATERAL (
        SELECT reception_id, cause, confidential FROM cases_case
        WHERE id = {of}.case_id AND NOT sealed LIMIT 1) c
    LEFT JOIN cases_reception r ON r.id = c.reception_id"""
"""Looked up one by one: of a hundred thousand cases the day's few are wanted."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a figure belongs; receptions have no cause."""

    window: UUID
    cause: str | None


Tallies = dict[_Part, Counter[str]]


def day_facts(day: date) -> list[Slice]:
    """One slice per window and cause that anything happened for."""
    start = datetime.combine(day, time.min, clock.ZONE)
    span = (start, start + timedelta(days=1))
    tallies: Tallies = {}
    _count_receptions(span, tallies)
    _count_registered(span, tallies)
    _count_closed(span, tallies)
    _count_events(span, tallies)
    _count_due(day, tallies)
    return [
        Slice(_facts(counts), part.window, cause=part.cause) for part, counts in tallies.items()
    ]


def _facts(counts: Mapping[str, Any]) -> Facts:
    return Facts(**counts)


def _add(tallies: Tallies, part: _Part, **counts: int) -> None:
    tallies.setdefault(part, Counter()).update(counts)


def _counted(sql: str, **values: Any) -> list[tuple[_Part, tuple[Any, ...]]]:
    """What a statement counts, by the place it belongs to."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            (_Part(window or NO_WINDOW, cause), tuple(counts))
            for window, cause, *counts in cursor.fetchall()
        ]


def _count_receptions(span: Span, tallies: Tallies) -> None:
    rows = Reception.objects.filter(at__gte=span[0], at__lt=span[1]).values_list("window_id")
    for window, n in rows.annotate(n=Count("id")).order_by():
        _add(tallies, _Part(window or NO_WINDOW, None), receptions=n)


_REGISTERED = f"""
    SELECT {_PLACE}, c.letter_in IS NOT NULL, a.kind, count(*), count(c.closed_at)
    FROM {_CASES} LEFT JOIN cases_applicant a ON a.case_id = c.id
    WHERE NOT c.sealed AND c.registered_at >= %(start)s AND c.registered_at < %(end)s
    GROUP BY 1, 2, 3, 4"""  # noqa: S608 - our own names


def _count_registered(span: Span, tallies: Tallies) -> None:
    """A case that came by referral was registered elsewhere and is counted as taken over."""
    for part, (came, kind, n, closed) in _counted(_REGISTERED, start=span[0], end=span[1]):
        if came:
            _add(tallies, part, referred_in=n)
            continue
        _add(tallies, part, cases=n, cohort_closed=closed)
        if kind in APPLICANTS:
            _add(tallies, part, **{f"of_{kind}": n})


_CLOSED = f"""
    SELECT {_PLACE}, c.outcome, count(*) FROM {_CASES}
    WHERE NOT c.sealed AND c.closed_at >= %(start)s AND c.closed_at < %(end)s
      AND c.outcome = ANY(%(outcomes)s)
      AND coalesce(c.referral #>> '{{out,state}}', '') <> ALL(%(elsewhere)s)
    GROUP BY 1, 2, 3"""  # noqa: S608 - our own names


def _count_closed(span: Span, tallies: Tallies) -> None:
    """By the present outcome: a case that was reopened is counted when it closes again. One whose
    answer came from the hall it was referred to is counted there."""
    known = {"outcomes": [str(one) for one in Outcome], "elsewhere": list(ELSEWHERE)}
    for part, (outcome, n) in _counted(_CLOSED, start=span[0], end=span[1], **known):
        _add(tallies, part, closed_n=n, **{outcome: n})


_HAPPENED = f"""
    SELECT {_PLACE}, e.kind, count(*)
    FROM cases_caseevent e {_ITS_CASE.format(of="e")}
    WHERE e.at >= %(start)s AND e.at < %(end)s
      AND (e.kind = ANY(%(kinds)s) OR e.kind = %(decided)s AND e.data ->> 'decision' = 'approve')
    GROUP BY 1, 2, 3"""  # noqa: S608 - our own names


def _count_events(span: Span, tallies: Tallies) -> None:
    known = {"kinds": list(_EVENTS), "decided": Step.REFUSAL_APPROVE.verb}
    for part, (kind, n) in _counted(_HAPPENED, start=span[0], end=span[1], **known):
        _add(tallies, part, **{_EVENTS.get(kind, "refusals"): n})


_LATE = "coalesce(d.done_at, %(now)s) > d.due_at"
_DECIDED = f"(d.ended = 'done' OR d.ended = '' AND {_LATE})"
_DUE = f"""
    SELECT {_PLACE}, d.stage, count(*) FILTER (WHERE {_DECIDED}),
        count(*) FILTER (WHERE {_DECIDED} AND NOT {_LATE}),
        count(*) FILTER (WHERE {_LATE} AND d.owned_at <= d.due_at AND NOT d.lifted)
    FROM cases_deadline d {_ITS_CASE.format(of="d")}
    WHERE d.due_on = %(day)s GROUP BY 1, 2, 3"""  # noqa: S608 - our own names


def _count_due(day: date, tallies: Tallies) -> None:
    """M-12 and M-30. The promise to the citizen (resolve) is kept when the result is delivered in
    time. A late short stage is a yellow card, any other late stage a red one (domain.md §3.6, as in
    cards.py; a warning before the end is no card here). A card is its owner's at that moment: one
    for each clock that ran out in somebody's hands, none for who took it over late, none where it
    was lifted on appeal."""
    for part, (stage, decided, on_time, cards) in _counted(_DUE, now=clock.now(), day=day):
        if stage == Stage.RESOLVE and decided:
            _add(tallies, part, due_n=decided, on_time_n=on_time)
        if cards:
            _add(tallies, part, **{"yellow" if stage in SHORT else "red": cards})


def changed_days(since: datetime) -> Iterable[date]:
    """The days whose figures an act at or after `since` may have changed, up to today."""
    days = {clock.day_of(at) for at in _moments_since(since)}
    touched = CaseEvent.objects.filter(at__gte=since).values("case_id")
    due = Deadline.objects.filter(case_id__in=touched, due_on__lte=clock.today())
    return days | set(due.values_list("due_on", flat=True).distinct())


def _moments_since(since: datetime) -> set[datetime]:
    """When the touched cases were registered and closed, and when things happened."""
    came = Reception.objects.filter(at__gte=since).values_list("at", flat=True)
    events: QuerySet[CaseEvent, tuple[datetime | None, ...]] = CaseEvent.objects.filter(
        at__gte=since
    ).values_list("at", F("case__registered_at"), F("case__closed_at"))
    return set(came) | {at for row in events for at in row if at is not None}
