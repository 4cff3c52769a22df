"""Everything that changes queues, windows and tickets; keyword-only, the actor is `by`.

Lock order: window, queues (pk order), ticket; then audit, then the live topics.
"""

from apps.windows.services.calling import call_next, call_ticket
from apps.windows.services.history import PastSpan, PastTicket, record_past
from apps.windows.services.layout import add_queue, add_window
from apps.windows.services.serving import finish, miss, recall, start
from apps.windows.services.shifts import close, days_held, end_day, open_window, pause
from apps.windows.services.steps import Stepped
from apps.windows.services.taking import Taken, take

__all__ = [
    "PastSpan",
    "PastTicket",
    "Stepped",
    "Taken",
    "add_queue",
    "add_window",
    "call_next",
    "call_ticket",
    "close",
    "days_held",
    "end_day",
    "finish",
    "miss",
    "open_window",
    "pause",
    "recall",
    "record_past",
    "start",
    "take",
]
