"""Plain dictionaries in the shape of the API."""

from typing import Any

from apps.setup import permissions, queries
from apps.setup.configuration import Diff
from apps.setup.item_plan import ItemChange, Plan
from apps.setup.readiness import Looked, ready
from bancheng.kernel.actor import Actor
from bancheng.kernel.api.paging import Page
from bancheng.kernel.hall import here

Json = dict[str, Any]
_MOST = 200


def items(page: Page, by: Actor) -> Json:
    """A page of items."""
    return {
        "results": queries.shown(page.rows),
        "next": page.next,
        "keeps": permissions.keeps_items(by),
    }


def plan(found: Plan) -> Json:
    """What a sheet would do, its first changes and errors."""
    return {
        "rows": found.rows,
        "counts": queries.counted(found),
        "changes": [_change(one) for one in found.changes[:_MOST]],
        "error_count": len(found.errors),
        "row_errors": found.errors[:_MOST],
        "ignored": found.ignored,
        "seal": found.seal,
    }


def _change(one: ItemChange) -> Json:
    return {
        "kind": one.kind,
        "row": one.row,
        "code": one.item.code,
        "name": one.item.name,
        "cells": one.fields,
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
