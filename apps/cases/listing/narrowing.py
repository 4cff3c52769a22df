"""Which cases fit what is wanted, among those the asker may see."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from apps.cases import permissions
from apps.cases.listing import finding
from apps.cases.listing.wanted import Span, Wanted
from apps.cases.models import Case
from bancheng.city.calendar import queries as calendar
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor

_DAY = timedelta(days=1)
_LONGEST_REST = 31
"""Days. Where a calendar never works, what is due within so many is soon."""
_REFERRED = {"in": Q(letter_in__isnull=False), "out": Q(letter_out__isnull=False)}


def narrowed(wanted: Wanted, by: Actor) -> QuerySet[Case, Case]:
    """The visible cases that fit, unordered; raises Forbidden."""
    permissions.require(by, "cases.read")
    return permissions.visible_to(by).filter(_described(wanted), _counted(wanted, by))


def _described(wanted: Wanted) -> Q:
    """By what the case says of itself."""
    found = Q()
    for column, codes in (
        ("state", wanted.states),
        ("blocking_reason", wanted.blocking_reasons),
        ("outcome", wanted.outcomes),
        ("id", wanted.cases),
    ):
        if codes:
            found &= Q(**{f"{column}__in": codes})
    for column, value in (
        ("cause", wanted.cause),
        ("urgency", wanted.urgency),
        ("channel", wanted.channel),
        ("lead_unit", wanted.department),
        ("first_responder_post", wanted.first_responder),
        ("handler_post", wanted.handler),
    ):
        if value:
            found &= Q(**{column: value})
    return found


def _counted(wanted: Wanted, by: Actor) -> Q:
    """By time, by marks, by who asks, by words."""
    found = within("registered_at", wanted.registered)
    found &= within("due_at", wanted.due_on) & within("closed_at", wanted.closed)
    if wanted.confidential is not None:
        found &= Q(confidential=wanted.confidential)
    if wanted.reopened is not None:
        found &= Q(reopen_count__gt=0) if wanted.reopened else Q(reopen_count=0)
    if wanted.referral:
        found &= _REFERRED[wanted.referral]
    if wanted.mine:
        found &= _mine(by)
    if wanted.due:
        found &= _DUE[wanted.due]()
    return found & finding.found(wanted.text, by) if wanted.text else found


def _mine(by: Actor) -> Q:
    mine = Q(first_responder_post=by.post_id) | Q(handler_post=by.post_id)
    return mine | Q(lead_unit=by.department_id) if by.department_id else mine


def within(column: str, span: Span) -> Q:
    """Moments on the days of a span."""
    found = Q()
    if span.first is not None:
        found &= Q(**{f"{column}__gte": beginning(span.first)})
    if span.last is not None and span.last < date.max:
        found &= Q(**{f"{column}__lt": beginning(span.last + _DAY)})
    return found


def beginning(day: date) -> datetime:
    """Midnight at a day's beginning, in the hall."""
    return datetime.combine(day, time.min, clock.ZONE)


def _overdue() -> Q:
    return Q(due_at__lt=clock.now())


def _today() -> Q:
    return Q(due_at__gte=clock.now(), due_at__lt=beginning(clock.today() + _DAY))


def _soon() -> Q:
    """Not late, and due by the end of the next working day."""
    today, works = clock.today(), calendar.timekeeping().calendar.works
    ahead = [today + ahead * _DAY for ahead in range(1, _LONGEST_REST + 1)]
    day = next(filter(works, ahead), ahead[-1])
    return Q(due_at__gte=clock.now(), due_at__lt=beginning(day + _DAY))


_DUE: dict[str, Callable[[], Q]] = {"overdue": _overdue, "today": _today, "soon": _soon}
