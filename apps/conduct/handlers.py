"""Facts of one hall that another has to hear: the handler enters that hall, calls one service."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.conduct.services import opening
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall
from bancheng.services.outbox.events import handler
from tenants import directory


@handler("conduct.sent_up")
def take_up(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Let the hall above open its own file."""
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        opening.take_up(UUID(payload["letter_id"]), by=SYSTEM)
