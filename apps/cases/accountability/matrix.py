"""The authority matrix as the desk reads it and the city keeps it (C-84)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from apps.cases import permissions
from bancheng.city.catalogue import authority
from bancheng.city.catalogue.authority import Decider, Evidence
from bancheng.kernel.actor import Actor


def rows(by: Actor) -> list[Decider]:
    """Every row of the network."""
    permissions.require(by, "authority.read")
    return authority.matrix()


@transaction.atomic
def put(
    *,
    item: str,
    deciders: Sequence[Decider] | None,
    evidence: Sequence[Evidence] | None,
    by: Actor,
) -> dict[str, Any]:
    """Replace an item's rows, its other evidence, or both; what holds today.

    Raises Forbidden outside the city's hall, Invalid.
    """
    permissions.require(by, "authority.manage")
    if deciders is not None:
        authority.put_deciders(item=item, rows=deciders, by=by)
    if evidence is not None:
        authority.put_evidence(item=item, found=evidence, by=by)
    return {
        "item": item,
        "deciders": authority.deciders(item),
        "evidence": authority.evidence(item),
    }
