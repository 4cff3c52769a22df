"""Since opening (C-75): what a desk has taken in and ended since its first day."""

from datetime import date, datetime, time
from typing import Any

from apps.cases.reading import reviewing
from apps.oversight import permissions
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor


def since_opening(by: Actor) -> dict[str, Any]:
    """Registered, open and closed by outcome, and whether the sum comes out. Without a day of
    opening (parameter `oversight.opened_on`) counting begins with the first case."""
    permissions.require(by, "board.read")
    opened = _opened_on()
    start = datetime.combine(opened, time.min, clock.ZONE) if opened else None
    found = reviewing.tally(start)
    first = opened or (clock.day_of(found.first_at) if found.first_at else None)
    days = (clock.today() - first).days + 1 if first else 0
    return {
        "opened_on": first,
        "days": days,
        "registered": found.registered,
        "taken_over": found.taken_over,
        "open": found.open,
        "closed": found.closed,
        "outcomes": [{"outcome": code, "count": n} for code, n in found.outcomes.items()],
        "reconciled": found.reconciled,
    }


def _opened_on() -> date | None:
    try:
        return date.fromisoformat(str(parameters.value("oversight.opened_on")))
    except ValueError:
        return None
