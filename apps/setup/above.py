"""The configuration of a hall above, for a hall below it and for nobody else.

The line of halls is the database's answer about who asks, and ends at the network's border. What
the hall below inherits anyway (limits, parameters) is left out: a copy would only cut it off from
later decisions. The hall above may keep its configuration to itself, and sees who looked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.setup import configuration, limits, permissions
from apps.setup.errors import NotOffered
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import hall, here
from bancheng.services.audit import chain as audit
from tenants import directory, lineage


@dataclass(frozen=True, slots=True)
class Offer:
    """A hall above, the nearest first, and whether it offers its configuration."""

    id: UUID
    name: str
    offered: bool


def offers(by: Actor) -> list[Offer]:
    """Every hall above this one. Raises Forbidden."""
    permissions.require(by, "setup.configure")
    found = []
    for one in lineage.line()[1:]:
        with hall(directory.by_id(one.id)):
            found.append(Offer(one.id, one.name, limits.offered_below()))
    return found


@transaction.atomic
def document(hall_id: UUID, *, by: Actor) -> Mapping[str, object]:
    """What a hall above decided itself, on its own record. Raises Forbidden, NotOffered, and
    NotFound for a hall that does not stand above this one."""
    permissions.require(by, "setup.configure")
    if hall_id not in {one.id for one in lineage.line()[1:]}:
        raise NotFound
    below = here()
    with hall(directory.by_id(hall_id)):
        if not limits.offered_below():
            raise NotOffered(hall=here().name)
        audit.record(
            "setup.configuration_read_below",
            subject="hall",
            subject_id=below.id,
            by=by,
            detail={"hall": below.name},
        )
        return configuration.document(inherited=False)
