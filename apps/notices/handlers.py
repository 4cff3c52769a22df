"""The bells ring after the commit, so that no business waits in line for a bell."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.notices import services
from bancheng.services.outbox.events import handler


@handler("notices.told")
def ring(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Tell the pages of these posts to look again; twice is harmless."""
    services.ring(UUID(post) for post in payload["posts"])
