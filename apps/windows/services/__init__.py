"""Everything that changes queues, windows and tickets; keyword-only, the actor is `by`.

Lock order: window, queues (pk order), ticket; then audit, then the live topics.
"""

from apps.windows.services.booking import (
    Visitor,
    book,
    cancel,
    cancel_for,
    check_in,
    check_in_for,
    check_in_phone,
    note_no_show,
    note_no_shows,
)
from apps.windows.services.calling import call_next, call_ticket
from apps.windows.services.correcting import end_service, mark_tension, undo
from apps.windows.services.guiding import Note, Noted, link_case, record
from apps.windows.services.history import PastSpan, PastTicket, record_past
from apps.windows.services.layout import (
    Spans,
    add_queue,
    add_window,
    change_queue,
    change_window,
    set_hours,
)
from apps.windows.services.rooming import RoomWanted, book_room, cancel_room
from apps.windows.services.serving import finish, miss, next_matter, recall, start
from apps.windows.services.shifts import close, days_held, end_day, open_window, pause
from apps.windows.services.signals import (
    accept_alarm,
    decide_suggestion,
    decide_warning,
    end_alarm,
    look_at_queues,
    press_alarm,
)
from apps.windows.services.steps import Moved, Stepped
from apps.windows.services.taking import Taken, take
from apps.windows.services.training import Exam, end_skill, record_skill
from apps.windows.services.upkeep import forget_persons
from apps.windows.services.visiting import (
    Destination,
    give_back,
    leave,
    park,
    resume,
    return_by_code,
    return_missed,
    transfer,
    walk_in,
)
from apps.windows.services.warnings import look_for_rejections

__all__ = [
    "Destination",
    "Exam",
    "Moved",
    "Note",
    "Noted",
    "PastSpan",
    "PastTicket",
    "RoomWanted",
    "Spans",
    "Stepped",
    "Taken",
    "Visitor",
    "accept_alarm",
    "add_queue",
    "add_window",
    "book",
    "book_room",
    "call_next",
    "call_ticket",
    "cancel",
    "cancel_for",
    "cancel_room",
    "change_queue",
    "change_window",
    "check_in",
    "check_in_for",
    "check_in_phone",
    "close",
    "days_held",
    "decide_suggestion",
    "decide_warning",
    "end_alarm",
    "end_day",
    "end_service",
    "end_skill",
    "finish",
    "forget_persons",
    "give_back",
    "leave",
    "link_case",
    "look_at_queues",
    "look_for_rejections",
    "mark_tension",
    "miss",
    "next_matter",
    "note_no_show",
    "note_no_shows",
    "open_window",
    "park",
    "pause",
    "press_alarm",
    "recall",
    "record",
    "record_past",
    "record_skill",
    "resume",
    "return_by_code",
    "return_missed",
    "set_hours",
    "start",
    "take",
    "transfer",
    "undo",
    "walk_in",
]
