"""What the set-up does when nobody waits for it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.setup.services import importing
from bancheng.services.outbox.events import handler


@handler("setup.import_waits")
def go_on(payload: Mapping[str, Any], message_id: UUID) -> None:
    """One more portion of a sheet."""
    importing.go_on(UUID(payload["import_id"]))
