"""The bells ring after the commit, so that no business waits in line for a bell."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.notices import services
from apps.staff import permissions as staff
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall
from bancheng.services.outbox.events import handler
from tenants import directory


@handler("notices.told")
def ring(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Tell the pages of these posts to look again; twice is harmless."""
    services.ring(UUID(post) for post in payload["posts"])


@handler("staff.asked_above")
def tell_the_hall_above(payload: Mapping[str, Any], message_id: UUID) -> None:
    """Whoever may answer there hears, once, that a hall below asks about one of its posts."""
    question = UUID(payload["question_id"])
    params = {"hall": payload["from_name"]}
    with hall(directory.by_id(UUID(payload["to_hall"]))):
        note = services.Note("staff.asked_above", "question", question, params=params)
        services.tell_once(note, to=services.To(roles=staff.ABOVE), by=SYSTEM)
