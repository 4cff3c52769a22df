"""Facts of one hall that another has to hear: each handler enters that hall, calls one service."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.cases.services import announcing, enclosing, letters_applied
from bancheng.kernel.hall import hall
from bancheng.services.outbox.events import handler
from tenants import directory


@handler("cases.referred")
def announce(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Let the receiver's desk know that a letter came."""
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        announcing.letter_came(UUID(payload["letter_id"]))


@handler("cases.letter_answered")
def apply(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Let the sender's case hear of it."""
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        letters_applied.apply_letter(UUID(payload["letter_id"]))


@handler("cases.files_settled")
def settle(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Let the hall that sent files know what became of them."""
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        enclosing.settled(UUID(payload["letter_id"]), payload["files"])
