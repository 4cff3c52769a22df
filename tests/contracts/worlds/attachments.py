"""What attachments add to the world: a text under its case."""

from typing import Any
from uuid import UUID

from bancheng.kernel.hall import hall
from tests.support.files import TEXT, attached


def ids(world: Any) -> dict[str, UUID]:
    with hall(world.ref):
        row = attached("case", world.case.id, "说明.txt", TEXT, by=world.team.lead)
        world.case.refresh_from_db()
    return {"attachments": row.id}


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    return {"POST attachments/<id>/withdraw": {"reason": "传错了"}}
