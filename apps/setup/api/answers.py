"""Plain dictionaries in the shape of the API."""

from typing import Any

from apps.setup import permissions, queries
from apps.setup.configuration import Diff
from apps.setup.readiness import Looked, ready
from bancheng.city.imports.runs import Import, State
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.paging import Page
from bancheng.kernel.hall import here

Json = dict[str, Any]


def items(page: Page, by: Actor) -> Json:
    """A page of items."""
    return {
        "results": queries.shown(page.rows),
        "next": page.next,
        "keeps": permissions.keeps_items(by),
    }


def run(row: Import, by: Actor) -> Json:
    """A sheet on its way."""
    failed = {"counts": {}, "error_count": 0, "row_errors": [], "code": None, "params": {}}
    return {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "by": row.by_name,
        "mine": row.post_id == by.post_id,
        "begun_at": row.begun_at,
        "rows": row.rows,
        "done": row.done,
        "plan": row.plan or None,
        "result": failed | row.result if row.result else None,
        "passwords": row.state == State.DONE and bool(row.told),
        "version": row.version,
    }


def readiness(looked: list[Looked]) -> Json:
    """Each check with its evidence."""
    checks = [
        {
            "code": one.check.code,
            "step": one.check.step,
            "state": one.found.state,
            "params": dict(one.found.params),
            "page": one.check.page,
        }
        for one in looked
    ]
    return {"hall": here().name, "ready": ready(looked), "checks": checks}


def diff(found: Diff) -> Json:
    """Part by part what would change."""
    parts = [{"part": one.part, "same": one.same, "changes": one.changes} for one in found.parts]
    return {"source": found.source, "parts": parts, "seal": found.seal}
