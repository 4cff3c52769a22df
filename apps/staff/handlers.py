"""Facts of one hall that another has to hear: the handler enters that hall, calls one service."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.staff.services import below
from bancheng.city.identity.accounts import Hashed
from bancheng.kernel.hall import hall
from bancheng.services.outbox.events import handler
from tenants import directory


@handler("staff.asked_above")
def announce(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Let the hall above know that it is asked."""
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        below.arrived(UUID(payload["question_id"]))


@handler("staff.answered_above")
def carry_out(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Let the hall that asked do what the hall above has decided."""
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        below.carry_out(
            below.Answer(
                question_id=UUID(payload["question_id"]),
                from_hall=UUID(payload["from_hall"]),
                post_id=UUID(payload["post_id"]),
                decision=payload["decision"],
                by_name=payload["by_name"],
                password=Hashed(payload["password"]),
            )
        )
