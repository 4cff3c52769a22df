"""What the change of the day does to numbers, and what is let go of after a while."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from apps.windows import parameters
from apps.windows.models import Appointment, Guidance, Queue, Signal, Ticket
from apps.windows.opening import Timetable
from apps.windows.rules import TicketState
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.services.audit import chain as audit

DAY_OVER = "day_over"
_BEFORE_TODAY = 1_000_000
"""Carried numbers stand in front of every number of the new day."""


def carry(queue: Queue) -> int:
    """Settle the waiting people of earlier days of a locked queue: they go first today where the
    hall carries its queue over, else their day is over. The number of those who go on."""
    today = clock.today()
    old = Ticket.objects.filter(
        queue=queue, waits_on__lt=today, state=TicketState.WAITING, day__gte=today - _OLDEST
    )
    if not old.exists():
        return 0
    days = set(old.values_list("day", flat=True))
    rollups.mark_dirty(today, *days)
    if not queue.carry_over:
        old.update(state=TicketState.LEFT, outcome=DAY_OVER, version=F("version") + 1)
        return 0
    spans = Timetable([queue]).on(queue.id, today)
    return old.update(
        waits_on=today,
        place=F("place") - _BEFORE_TODAY,
        waits_from=spans[0][0] if spans else clock.now(),
        version=F("version") + 1,
    )


_OLDEST = timedelta(days=7)


@transaction.atomic
def end_numbers(*, by: Actor = SYSTEM) -> int:
    """Settle what earlier days left: people waiting in every queue, people set aside. The number
    of tickets carried over. May run at any time and twice."""
    today = clock.today()
    carried = sum(carry(queue) for queue in Queue.objects.select_for_update().order_by("id"))
    parked = Ticket.objects.filter(waits_on__lt=today, state=TicketState.PARKED)
    over = parked.update(state=TicketState.FINISHED, outcome="left_open", version=F("version") + 1)
    if carried or over:
        detail = {"carried": carried, "parked_ended": over}
        audit.record(
            "windows.numbers_settled", subject="hall", subject_id=None, by=by, detail=detail
        )
    return carried


@transaction.atomic
def forget_persons(*, by: Actor = SYSTEM) -> int:
    """Let go of who somebody was, once the days of keeping are over: the keys of tickets,
    appointments and warnings, the sealed names and phones of appointments. What was counted
    stays. The number of rows."""
    keep = parameters.number("windows.keep_person_days")
    before = clock.today() - timedelta(days=keep)
    gone = Ticket.objects.filter(day__lt=before, person_key__isnull=False).update(
        person_key=None, code=None, note=""
    )
    gone += Appointment.objects.filter(day__lt=before, person_key__isnull=False).update(
        person_key=None, name_sealed=None, phone_sealed=None, name_mask="", phone_mask=""
    )
    gone += _forget_links(before)
    if gone:
        audit.record(
            "windows.persons_forgotten", subject="hall", subject_id=None, by=by, detail={"n": gone}
        )
    return gone


def _forget_links(before: date) -> int:
    """Guidance and warnings know the person as long as later cases may be linked to them."""
    gone = 0
    for model in (Guidance, Signal):
        old = model._default_manager.filter(at__date__lt=before, person_key__isnull=False)
        gone += old.update(person_key=None)
    return gone
