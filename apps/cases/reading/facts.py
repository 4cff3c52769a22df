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

from django.db.models import Count, F, Q, QuerySet

from apps.cases.models import Case, CaseEvent, Deadline, Reception
from apps.cases.rules import Outcome, Stage, Step
from apps.cases.timekeeping.cards import SHORT
from bancheng.city.rollups.facts import APPLICANTS, NO_WINDOW, UNCLASSED, Facts, Slice
from bancheng.kernel import clock

ELSEWHERE = ("answered", "closed")
_EVENTS = {
    Step.REFERRALS.verb: "referred_up",
    Step.RETURN.verb: "returned",
    Step.REOPEN.verb: "reopened",
}
_DONE, _RUNNING = "done", ""
_PLACE = ("reception__window_id", "cause", "confidential")


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


def _part(window: UUID | None, cause: str, confidential: bool) -> _Part:
    return _Part(window or NO_WINDOW, UNCLASSED if confidential else cause)


def _within(span: tuple[datetime, datetime], name: str) -> Q:
    return Q(**{f"{name}__gte": span[0], f"{name}__lt": span[1]})


def _count_receptions(span: tuple[datetime, datetime], tallies: Tallies) -> None:
    rows = Reception.objects.filter(_within(span, "at")).values_list("window_id")
    for window, n in rows.annotate(n=Count("id")).order_by():
        _add(tallies, _Part(window or NO_WINDOW, None), receptions=n)


def _count_registered(span: tuple[datetime, datetime], tallies: Tallies) -> None:
    """A case that came by referral was registered elsewhere and is counted as taken over."""
    rows = Case.objects.filter(_within(span, "registered_at"))
    for window, cause, sealed, letter_in, closed_at, kind in rows.values_list(
        *_PLACE, "letter_in", "closed_at", "applicant__kind"
    ):
        part = _part(window, cause, sealed)
        if letter_in:
            _add(tallies, part, referred_in=1)
            continue
        _add(tallies, part, cases=1, cohort_closed=int(closed_at is not None))
        if kind in APPLICANTS:
            _add(tallies, part, **{f"of_{kind}": 1})


def _count_closed(span: tuple[datetime, datetime], tallies: Tallies) -> None:
    """By the present outcome: a case that was reopened is counted when it closes again."""
    rows = Case.objects.filter(_within(span, "closed_at"), outcome__in=Outcome)
    for window, cause, sealed, outcome, referral in rows.values_list(
        *_PLACE, "outcome", "referral"
    ):
        if not handled_elsewhere(referral):
            _add(tallies, _part(window, cause, sealed), closed_n=1, **{outcome: 1})


def handled_elsewhere(referral: dict[str, Any] | None) -> bool:
    """True for a case whose answer came from the hall it was referred to."""
    return ((referral or {}).get("out") or {}).get("state") in ELSEWHERE


def _count_events(span: tuple[datetime, datetime], tallies: Tallies) -> None:
    refused = Q(kind=Step.REFUSAL_APPROVE.verb, data__decision="approve")
    rows = CaseEvent.objects.filter(_within(span, "at"), Q(kind__in=_EVENTS) | refused)
    for window, cause, sealed, kind in rows.values_list(
        *(f"case__{name}" for name in _PLACE), "kind"
    ):
        _add(tallies, _part(window, cause, sealed), **{_EVENTS.get(kind, "refusals"): 1})


def _count_due(day: date, tallies: Tallies) -> None:
    """M-12 and M-30. The promise to the citizen (resolve) is kept when the result is delivered in
    time. A late short stage is a yellow card, any other late stage a red one (domain.md §3.6, as in
    cards.py; a warning before the end is no card here). A card is its owner's at that moment: one
    for each clock that ran out in somebody's hands, none for who took it over late, none where it
    was lifted on appeal."""
    now = clock.now()
    names = ("stage", "due_at", "ended", "owned_at", "done_at", "lifted")
    rows = Deadline.objects.filter(due_on=day).values_list(
        *(f"case__{name}" for name in _PLACE), *names
    )
    for window, cause, sealed, stage, due_at, ended, owned_at, done_at, lifted in rows:
        part = _part(window, cause, sealed)
        late = (done_at or now) > due_at
        promise = stage == Stage.RESOLVE
        if promise and (ended == _DONE or (ended == _RUNNING and late)):
            _add(tallies, part, due_n=1, on_time_n=int(not late))
        if late and owned_at <= due_at and not lifted:
            _add(tallies, part, **{"yellow" if stage in SHORT else "red": 1})


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
