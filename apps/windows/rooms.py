"""Rooms for a heated moment and their bookings (C-88)."""

from datetime import date, datetime, time, timedelta

from apps.windows import parameters
from apps.windows.models import RoomBooking
from apps.windows.rules import RoomState
from bancheng.kernel import clock

_DAYS_AHEAD = 1
"""Today and tomorrow: a heated moment is now, the talk about it soon."""


def rooms() -> list[str]:
    """The rooms that the hall has."""
    return parameters.codes("windows.rooms")


def starts() -> list[datetime]:
    """The slots that may still be booked, the present one included."""
    long = timedelta(minutes=parameters.number("windows.room_minutes"))
    now = clock.now()
    start = datetime.combine(clock.today(), time.min, clock.ZONE)
    end = start + timedelta(days=_DAYS_AHEAD + 1)
    found = []
    while start < end:
        if start + long > now:
            found.append(start)
        start += long
    return found


def bookings(day: date) -> list[RoomBooking]:
    """What is booked on a day, in the order of time."""
    start = datetime.combine(day, time.min, clock.ZONE)
    found = RoomBooking.objects.select_related("ticket").filter(
        state=RoomState.BOOKED, starts_at__gte=start, starts_at__lt=start + timedelta(days=1)
    )
    return list(found.order_by("starts_at", "room"))
