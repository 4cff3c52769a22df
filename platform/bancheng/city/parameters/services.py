"""Deciding a parameter for a place, and taking back what does not hold yet.

The caller's transaction, permission and audit: the city's parts know no roles.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bancheng.city.parameters import queries, registry
from bancheng.city.parameters.errors import AlreadyDecided, BadParameter, InForce, NotTheCity
from bancheng.city.parameters.models import ParameterValue
from bancheng.city.parameters.registry import Value
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.database.uniqueness import taken
from bancheng.kernel.errors import Invalid, NotFound
from bancheng.kernel.hall import Level, here


@dataclass(frozen=True, slots=True)
class NewValue:
    """A decision. `network`: for the whole network, by its city hall; else for the current hall
    and the halls below that decide nothing themselves."""

    key: str
    value: Value
    basis: str
    effective_from: date
    network: bool = False


def decide(given: NewValue, *, by: Actor) -> UUID:
    """Store a decision; its id.

    Raises BadParameter, Invalid (no basis, a day that is over), NotTheCity, AlreadyDecided.
    """
    checked(given)
    require_decision(given.basis, given.effective_from)
    hall_id = place(network=given.network)
    row = ParameterValue(
        network_id=here().network_id,
        hall_id=hall_id,
        key=given.key,
        value=given.value,
        basis=given.basis.strip(),
        effective_from=given.effective_from,
        decided_by=by.name,
    )
    same = ParameterValue.objects.filter(
        network_id=row.network_id, hall_id=hall_id, key=row.key, effective_from=row.effective_from
    )
    already = AlreadyDecided(key=row.key, effective_from=row.effective_from.isoformat())
    if same.exists():
        raise already
    with taken("parameter_once", already):
        row.save(force_insert=True)
    queries.forget()
    return row.id


def checked(given: NewValue) -> NewValue:
    """A decision whose value fits its parameter; raises BadParameter."""
    if given.key not in registry.known():
        raise BadParameter(key=given.key)
    registry.check(registry.of(given.key), given.value)
    return given


def withdraw(value_id: UUID) -> str:
    """Take back a decision of this place that does not hold yet; its key.

    Raises NotFound (also for another place's), InForce.
    """
    row = ParameterValue.objects.filter(id=value_id).first()
    if row is None or not is_mine(row.hall_id):
        raise NotFound
    if row.effective_from <= clock.today():
        raise InForce(effective_from=row.effective_from.isoformat())
    row.delete()
    queries.forget()
    return row.key


def place(*, network: bool) -> UUID | None:
    """Whose decision it is: None for the network's; raises NotTheCity."""
    if not network:
        return here().id
    if here().level != Level.CITY:
        raise NotTheCity
    return None


def is_mine(hall_id: UUID | None) -> bool:
    """Whether a decision is the current hall's to take back."""
    return hall_id == here().id or (hall_id is None and here().level == Level.CITY)


def require_decision(basis: str, effective_from: date) -> None:
    """Every decision names its ground and holds from today or later; raises Invalid."""
    errors: dict[str, list[str]] = {}
    if not basis.strip():
        errors["basis"] = ["required"]
    if effective_from < clock.today():
        errors["effective_from"] = ["past"]
    if errors:
        raise Invalid(errors=errors)
