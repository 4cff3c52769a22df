"""An appointment as a calendar file (RFC 5545), by hand: the few lines a phone needs."""

from datetime import UTC, datetime

from apps.windows.models import Appointment
from bancheng.kernel import clock
from bancheng.kernel.hall import here

_FOLD = 75
_REMIND = "-PT2H"


def of(found: Appointment) -> str:
    """One event with a reminder two hours before; a cancelled appointment is cancelled there."""
    ref = here()
    cancelled = found.state == "cancelled"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bancheng//Appointments//ZH",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{found.id}@{ref.host}",
        f"DTSTAMP:{_utc(clock.now())}",
        f"SEQUENCE:{found.version - 1}",
        f"DTSTART:{_utc(found.slot_start)}",
        f"DTEND:{_utc(found.slot_end)}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(f'{ref.name} {found.queue.name}')}",
        f"LOCATION:{_text(ref.name)}",
        f"DESCRIPTION:{_text(f'预约码 {found.code}')}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(ref.name)}",
        f"TRIGGER:{_REMIND}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """RFC 5545 §3.3.11."""
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """RFC 5545 §3.1: at most 75 octets a line, never inside a character."""
    parts: list[bytes] = []
    part = b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > _FOLD - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]).decode()
