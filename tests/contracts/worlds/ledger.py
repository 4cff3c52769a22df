"""What the ledger adds to the world: a team's view, a file in plain that somebody asked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.ledger.services import exporting, views
from apps.ledger.services.exporting import Wanted
from apps.ledger.services.views import Look
from bancheng.kernel.hall import hall


def ids(world: Any) -> Mapping[str, UUID]:
    """Both are the desk's; whoever else may see them is in the rows."""
    with hall(world.ref):
        view = views.save(look=Look("本周", True, {"due": "overdue"}, ()), by=world.team.desk)
        asked = exporting.ask(
            wanted=Wanted({}), reason="inspection", purpose="x", by=world.team.desk
        )
    return {
        "ledger/views/<id>": view.id,
        "ledger/exports/<id>": asked.id,
        "ledger/exports/<id>/decision": asked.id,
        "ledger/exports/<id>/withdraw": asked.id,
        "ledger/exports/<id>/file": asked.id,
    }


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    seen = {"case": world.case.id, "version": world.case.version}
    return {
        "POST ledger/bulk": {"act": "remark", "text": "x", "cases": [seen]},
        "POST ledger/file": {"format": "csv"},
        "POST ledger/views": {"name": "我的"},
        "POST ledger/views/<id>": {"name": "本月", "team": True},
        "POST ledger/exports": {"reason": "inspection", "purpose": "x"},
        "POST ledger/exports/<id>/decision": {"decision": "approve"},
        "POST ledger/exports/<id>/file": {"format": "csv"},
        "POST cases/<id>/remark": {"text": "x"},
    }
