"""Windows and queue in the world of the contract tests."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from apps.windows import rooms
from apps.windows.models import Appointment, Guidance, RoomBooking, Signal, Skill, Ticket
from apps.windows.rules import GuidanceKind, SignalKind
from bancheng.kernel import clock
from bancheng.kernel import ids as kernel_ids
from bancheng.kernel.hall import hall


def ids(world: Any) -> Mapping[str, UUID]:
    """An appointment of tomorrow, a pre-check, and one open signal of each kind."""
    with hall(world.ref):
        tomorrow = clock.now() + timedelta(days=1)
        appointment = Appointment.objects.create(
            queue_id=world.queue,
            day=clock.day_of(tomorrow),
            slot_start=tomorrow,
            slot_end=tomorrow + timedelta(minutes=30),
            code=str(kernel_ids.new_id())[-12:],
        )
        guidance = Guidance.objects.create(kind=GuidanceKind.GUIDANCE, matter="x", result="ready")
        signals = {
            kind: Signal.objects.create(kind=kind, queue_id=world.queue).id for kind in SignalKind
        }
        skill = Skill.objects.create(
            post_id=kernel_ids.new_id(), item_code="x", tested_on=clock.today(), passed=True
        )
        booking = RoomBooking.objects.create(
            room="quiet",
            starts_at=tomorrow,
            ends_at=tomorrow + timedelta(minutes=30),
            officer=kernel_ids.new_id(),
            second=kernel_ids.new_id(),
        )
    return {
        "skills": skill.id,
        "rooms": booking.id,
        "queues": world.queue,
        "appointments": appointment.id,
        "guidance": guidance.id,
        "alarms": signals[SignalKind.ALARM],
        "suggestions": signals[SignalKind.SUGGESTION],
        "warnings": signals[SignalKind.WARNING],
    }


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    """Bodies that are valid in themselves."""
    start = (clock.now() + timedelta(days=2)).isoformat()
    booking = {"queue": world.queue, "start": start, "name": "林晓雨", "phone": "19900001234"}
    return {
        "POST windows/<id>/call": {"ticket": world.ticket},
        "POST windows/<id>/resume": {"ticket": world.ticket},
        "POST windows/<id>/next-matter": {"outcome": "done"},
        "POST windows/<id>/walk-in": {"queue": world.queue},
        "POST windows/<id>/end-service": {"reason": "x"},
        "POST tickets/<id>/transfer": {"window": world.window},
        "POST tickets/<id>/tension": {"tension": True},
        "POST queues": {"prefix": "QQ", "name": "x"},
        "POST queues/<id>": {"name": "x"},
        "POST queues/<id>/hours": {"effective_from": str(clock.today()), "hours": []},
        "POST windows": {"number": "99", "name": "x", "kind": "desk", "queues": [world.queue]},
        "POST windows/<id>": {"name": "x"},
        "POST kiosk/tickets": {"queue": world.queue},
        "POST kiosk/check-in": {"code": _code_of_appointment(world)},
        "POST kiosk/returns": {"code": _code_of_ticket(world)},
        "POST guidance": {"kind": "feedback", "matter": "x", "category": "praise"},
        "POST guidance/<id>/link": {"case": world.case.id},
        "POST suggestions/<id>/decide": {"decision": "declined"},
        "POST warnings/<id>/decide": {"decision": "taken"},
        "POST warnings/<id>/take-up": {"title": "x"},
        "POST skills": {"post": _post(world), "item_code": "x", "tested_on": str(clock.today())},
        "POST rooms": {"room": "quiet", "start": _slot(world), "second": _post(world)},
        "POST appointments": booking,
        "POST portal/bookings": booking,
        "POST portal/tickets": {"queue": world.queue, "phone": "19900001234"},
    }


def _code_of_ticket(world: Any) -> str | None:
    with hall(world.ref):
        return Ticket.objects.values_list("code", flat=True).get(id=world.ticket)


def _code_of_appointment(world: Any) -> str:
    with hall(world.ref):
        found = Appointment.objects.filter(id=world.further_ids["appointments"])
        return found.values_list("code", flat=True)[0]


def _post(world: Any) -> UUID | None:
    """A second officer: one who is there already, as bodies are asked for again and again."""
    return world.team.handler.post_id


def _slot(world: Any) -> str:
    with hall(world.ref):
        return rooms.starts()[-1].isoformat()
