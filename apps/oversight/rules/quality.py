"""What is looked for against formalism (C-80), and how replies are judged (C-92)."""

from enum import StrEnum


class CheckKind(StrEnum):
    """Findings by the machine, and the sample of replies that people judge."""

    SATISFIED_WITHOUT_ACTION = "satisfied_without_action"
    CLOSED_AT_ONCE = "closed_at_once"
    EMPTY_REPLY = "empty_reply"
    COPIED_REPLY = "copied_reply"
    CALLBACK_BY_HANDLER = "callback_by_handler"
    SATISFACTION_WITHOUT_CALLBACK = "satisfaction_without_callback"
    REPLY_AUDIT = "reply_audit"


class CheckState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    SCORED = "scored"


CRITERIA = ("direct_answer", "facts_clear", "clause_cited", "next_step", "contact_given")
"""C-92: a direct answer, the facts, the clause, the next step, whom to ask. Each yes is 20."""
