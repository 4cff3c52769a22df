"""Deciding days, limits, years and parameters: permitted, planned by the city's rules, on record.

What runs is counted again by each hall's own job (`cases.clocks`) or at once by `count_anew`.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from apps.cases.services import recounting
from apps.cases.services.recounting import Progress
from apps.policies import permissions
from bancheng.city.calendar import services as calendar
from bancheng.city.calendar.notices import Notice
from bancheng.city.calendar.services import NewDay, NewLimit
from bancheng.city.calendar.years import Preview
from bancheng.city.parameters import services as parameters
from bancheng.city.parameters.services import NewValue
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live


@transaction.atomic
def decide_day(given: NewDay, *, by: Actor) -> UUID:
    """Keep a day differently; raises Forbidden and what `planned_day` raises."""
    permissions.require_decision(by, network=given.network)
    made = calendar.store(calendar.planned_day(given, by=by))
    detail = {"day": given.day.isoformat(), "working": given.working, "network": given.network}
    _record("policies.day_decided", made, by, detail)
    return made


@transaction.atomic
def withdraw_day(day_id: UUID, *, by: Actor) -> None:
    """Take back a decision about a day to come; raises NotFound, InForce."""
    permissions.require(by, "policies.decide")
    day = calendar.withdraw_day(day_id)
    _record("policies.day_withdrawn", day_id, by, {"day": day.isoformat()})


@transaction.atomic
def decide_limit(given: NewLimit, *, by: Actor) -> UUID:
    """Set a limit from a day on; raises Forbidden and what `planned_limit` raises."""
    permissions.require_decision(by, network=given.network)
    made = calendar.store(calendar.planned_limit(given, by=by))
    detail = {
        "stage": given.stage,
        "category": given.category,
        "rule": given.rule,
        "effective_from": given.effective_from.isoformat(),
        "recompute": given.recompute,
        "network": given.network,
    }
    _record("policies.limit_decided", made, by, detail)
    return made


@transaction.atomic
def withdraw_limit(limit_id: UUID, *, by: Actor) -> None:
    """Take back a limit that does not hold yet; raises NotFound, InForce."""
    permissions.require(by, "policies.decide")
    stage = calendar.withdraw_limit(limit_id)
    _record("policies.limit_withdrawn", limit_id, by, {"stage": stage})


@transaction.atomic
def publish_year(notice: Notice, seal: str, *, by: Actor) -> Preview:
    """Take a year's notice over for the network, as it was previewed; raises what `publish`
    raises."""
    permissions.require(by, "policies.publish")
    found = calendar.publish(notice, seal=seal, by=by)
    detail = {"year": notice.year, "changes": len(found.changes)}
    _record("policies.year_published", None, by, detail)
    return found


@transaction.atomic
def decide_value(given: NewValue, *, by: Actor) -> UUID:
    """Decide a parameter from a day on; raises Forbidden and what `parameters.decide` raises."""
    permissions.require_decision(by, network=given.network)
    made = parameters.decide(given, by=by)
    since = given.effective_from.isoformat()
    detail = {"key": given.key, "effective_from": since, "network": given.network}
    _record("policies.parameter_decided", made, by, detail)
    return made


@transaction.atomic
def withdraw_value(value_id: UUID, *, by: Actor) -> None:
    """Take back a value that does not hold yet; raises NotFound, InForce."""
    permissions.require(by, "policies.decide")
    key = parameters.withdraw(value_id)
    _record("policies.parameter_withdrawn", value_id, by, {"key": key})


def count_anew(*, by: Actor) -> Progress:
    """Count the hall's running clocks again now, some hundreds at a time: call again while any are
    left. Each case is a transaction of its own."""
    permissions.require(by, "policies.decide")
    return recounting.recount(by=by)


def _record(action: str, made: UUID | None, by: Actor, detail: Mapping[str, object]) -> None:
    audit.record(action, subject="policy", subject_id=made, by=by, detail=detail)
    live.publish(["desk", "policies"], live.Change(action, made or ""))
