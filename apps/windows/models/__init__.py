"""The tables of a hall's queues. Other apps ask `queries` and `services`, never these."""

from apps.windows.models.appointment import Appointment
from apps.windows.models.guidance import Guidance
from apps.windows.models.layout import OpeningHours, Queue, Window, WindowSpan
from apps.windows.models.room import RoomBooking
from apps.windows.models.signal import Signal
from apps.windows.models.skill import Skill
from apps.windows.models.ticket import Ticket

__all__ = [
    "Appointment",
    "Guidance",
    "OpeningHours",
    "Queue",
    "RoomBooking",
    "Signal",
    "Skill",
    "Ticket",
    "Window",
    "WindowSpan",
]
