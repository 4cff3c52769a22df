"""What papers add to the world: the slip of its case, a template the hall made its own."""

from typing import Any
from uuid import UUID

from apps.documents.rules import Paper
from apps.documents.services import editing, issuing
from apps.documents.services.editing import Words
from apps.documents.shipped import template
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall

_OWN = Paper.URGE


def ids(world: Any) -> dict[str, UUID]:
    words = Words(template(_OWN).text, "催办")
    with hall(world.ref):
        slip = issuing.issue(kind=Paper.REGISTRATION, subject=world.case.id, by=SYSTEM)
        editing.save(kind=_OWN, version=0, words=words, by=SYSTEM)
        world.case.refresh_from_db()
    return {"papers": slip.id}


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    words = {"kind": _OWN, "text": template(_OWN).text}
    return {
        "POST papers": {"kind": "registration", "subject": world.case.id},
        "POST papers/<id>/void": {"reason": "x"},
        "POST documents/templates": words,
        "POST documents/templates/settle": {"kind": _OWN, "way": "keep"},
        "POST documents/templates/preview": words,
    }
