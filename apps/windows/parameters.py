"""What a hall may decide about its queues (domain.md §3.7), and the defaults."""

from apps.windows.rules import Room
from bancheng.city.parameters import queries, registry
from bancheng.city.parameters.registry import Parameter

_DOMAIN = "domain.md §3.7"

registry.declare(
    [
        Parameter("windows.priority_every", "number", 3, _DOMAIN, low=2, high=10),
        Parameter("windows.calls_before_missed", "number", 3, _DOMAIN, low=1, high=10),
        Parameter("windows.return_minutes", "number", 30, _DOMAIN, low=0, high=480),
        Parameter("windows.return_after", "number", 3, _DOMAIN, low=0, high=50),
        Parameter("windows.undo_seconds", "number", 10, "peers.md §5", low=0, high=120),
        Parameter("windows.tickets_per_person", "number", 3, "F105", low=1, high=50),
        Parameter("windows.kiosk_phone", "switch", False, "F105"),
        Parameter("windows.sign_phone", "text", "", "C-82"),
        Parameter("windows.keep_person_days", "number", 30, "security.md", low=1, high=365),
        Parameter("windows.band_normal", "number", 10, _DOMAIN, low=1, high=600),
        Parameter("windows.band_crowded", "number", 20, _DOMAIN, low=1, high=600),
        Parameter("windows.band_saturated", "number", 40, _DOMAIN, low=1, high=600),
        Parameter("windows.stuck_minutes", "number", 60, "peers.md §1.2", low=5, high=480),
        Parameter("windows.trips_to_warn", "number", 3, "C-24", low=2, high=20),
        Parameter("windows.trip_days", "number", 30, "C-24", low=1, high=365),
        Parameter("windows.abandoned_to_warn", "number", 2, "C-24", low=1, high=20),
        Parameter("windows.rejected_to_warn", "number", 3, "C-24", low=1, high=100),
        Parameter("windows.rooms", "codes", list(Room), "C-88", options=tuple(Room)),
        Parameter("windows.room_minutes", "number", 30, "C-88", low=10, high=240),
        Parameter("appointments.days_ahead", "number", 5, "F103", low=1, high=30),
        Parameter("appointments.slot_minutes", "number", 30, "F103", low=5, high=240),
        Parameter("appointments.cancel_hours", "number", 2, "F103", low=0, high=72),
        Parameter("appointments.early_minutes", "number", 30, "F103", low=0, high=240),
        Parameter("appointments.no_shows", "number", 3, "F103", low=1, high=20),
        Parameter("appointments.no_show_days", "number", 30, "F103", low=1, high=365),
    ]
)


def number(name: str) -> int:
    """The value that holds in the current hall today."""
    return queries.number(name)


def switch(name: str) -> bool:
    """The same for a switch."""
    return queries.switch(name)


def codes(name: str) -> list[str]:
    """The same for a list of codes."""
    return list(queries.codes(name))


def text(name: str) -> str:
    """The same for a text."""
    return str(queries.value(name))
