"""What drafts add to the world: one that somebody of the desk has begun."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.drafts.services import keeping
from apps.drafts.services.keeping import Form
from bancheng.kernel.hall import hall


def ids(world: Any) -> Mapping[str, UUID]:
    form = Form("dispatch", "case", world.case.id)
    with hall(world.ref):
        draft = keeping.save(form, {"note": "x"}, version=0, by=world.team.desk)
    return {"drafts": draft.id}


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    return {"POST drafts": {"form": "register", "body": {"title": "x"}}}
