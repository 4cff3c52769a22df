"""Plain dictionaries in the shape of the API."""

from typing import Any

from apps.cases.timekeeping.whatif import WhatIf, WouldMove
from apps.policies.queries import Day, Known, YearOfDays, YearPreview, withdrawable
from bancheng.city.calendar.days import DayKind
from bancheng.city.calendar.listings import Limit, MadeDay, MadeLimit, Origin
from bancheng.city.calendar.policies import Policy
from bancheng.city.calendar.years import DayChange
from bancheng.city.parameters.queries import Made
from bancheng.kernel.hall import Level, here

Json = dict[str, Any]


def year(found: YearOfDays) -> Json:
    """A year of days and what was decided about some of them."""
    origin = found.origin
    return {
        "year": origin.year,
        "source": origin.source,
        "papers": origin.papers,
        "decided_by": origin.decided_by,
        "decided_at": origin.decided_at,
        "working_days": found.working_days,
        "days": [_day(one) for one in found.days],
        "decisions": [_made_day(one) for one in found.decisions],
    }


def _day(one: Day) -> Json:
    return {"day": one.day, "half": one.half or None, **_kind(one.kind)}


def _kind(kind: DayKind) -> Json:
    return {"kind": kind.kind, "name": kind.name, "works": kind.works}


def _origin(origin: Origin) -> Json:
    return {
        "id": origin.id,
        "hall": origin.hall or None,
        "withdrawable": origin.withdrawable,
        "decided_by": origin.decided_by,
        "decided_at": origin.decided_at,
    }


def _made_day(one: MadeDay) -> Json:
    names = ("day", "working", "reason", "decision", "hours")
    return _origin(one.origin) | {name: getattr(one, name) for name in names}


def limit(one: Limit) -> Json:
    """A limit with its origin and history."""
    return {
        "stage": one.stage,
        "category": one.category,
        "shipped": one.shipped,
        "in_force": _in_force(one.in_force),
        "decisions": [_made_limit(made) for made in one.decisions],
    }


def _in_force(policy: Policy) -> Json:
    return {
        "rule": policy.rule,
        "source": policy.source,
        "hall": policy.hall or None,
        "basis": policy.basis,
    }


def _made_limit(one: MadeLimit) -> Json:
    names = ("rule", "basis", "effective_from", "recompute", "reason")
    return _origin(one.origin) | {name: getattr(one, name) for name in names}


def parameter(one: Known) -> Json:
    """A parameter with its bounds, its origin and its history."""
    known, made = one.parameter, one.in_force
    return {
        "key": known.key,
        "kind": known.kind,
        "default": known.default,
        "value": one.value,
        "ground": known.source,
        "source": "default" if made is None else "hall" if made.hall else "network",
        "hall": made.hall or None if made else None,
        "low": known.low,
        "high": known.high,
        "options": known.options,
        "decisions": [_made_value(each) for each in one.decisions],
    }


def _made_value(made: Made) -> Json:
    return {
        "id": made.id,
        "hall": made.hall or None,
        "withdrawable": withdrawable(made, here().level == Level.CITY),
        "decided_by": made.decided_by,
        "decided_at": made.decided_at,
        "value": made.value,
        "basis": made.basis,
        "effective_from": made.effective_from,
    }


def preview(found: YearPreview) -> Json:
    """A year's notice beside the calendar that holds."""
    compared = found.compared
    return {
        "year": compared.notice.year,
        "known": compared.known,
        "papers": compared.notice.papers,
        "seal": compared.seal,
        "changes": [_change(one) for one in compared.changes],
        "moved": what_if(found.moved),
    }


def _change(one: DayChange) -> Json:
    return {
        "day": one.day,
        "change": one.change,
        "before": _kind(one.before),
        "after": _kind(one.after),
    }


def what_if(found: WhatIf) -> Json:
    """The clocks that would move."""
    rows = [_would_move(one) for one in found.rows]
    return {"looked_at": found.looked_at, "total": found.total, "rows": rows}


def _would_move(one: WouldMove) -> Json:
    names = ("stage", "before", "after", "before_at", "after_at", "reason")
    case = {"case_id": one.case_id, "number": one.number, "title": one.title}
    return case | {name: getattr(one.moved, name) for name in names}
