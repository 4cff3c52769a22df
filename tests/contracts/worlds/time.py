"""Decisions to come of the world's hall, and valid requests about time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bancheng.city.calendar import services as calendar
from bancheng.city.calendar.services import NewDay, NewLimit
from bancheng.city.parameters import services as parameters
from bancheng.city.parameters.services import NewValue
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall

_LATER = timedelta(days=30)


def ids(world: Any) -> dict[str, UUID]:
    since = clock.today() + _LATER
    limit = NewLimit("callback", "", "WD+2", "试行", since)
    value = NewValue("time.extensions", 2, "试行", since)
    with hall(world.ref):
        day = calendar.store(calendar.planned_day(NewDay(since, True, "照常"), by=SYSTEM))
        policy = calendar.store(calendar.planned_limit(limit, by=SYSTEM))
        made = parameters.decide(value, by=SYSTEM)
    return {
        "calendar/days/<id>": day,
        "deadline-policies/<id>": policy,
        "parameters/<id>": made,
    }


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    today = clock.today().isoformat()
    day = {"day": today, "working": False, "reason": "台风", "decision": "1号"}
    limit = {"stage": "sign", "rule": "WH+3", "basis": "试行"}
    value = {"key": "time.pause_max_days", "value": 10, "basis": "试行"}
    notice = {
        "year": 2099,
        "days": [{"name": "元旦", "date": "2099-01-01", "isOffDay": True}],
    }
    return {
        "POST cases/<id>/pause": {"reason": "court", "told": "phone"},
        "POST cases/<id>/resume": {},
        "POST cases/<id>/extension": {"days": 2, "reason": "x"},
        "POST cases/<id>/extension-decision": {"decision": "approve", "note": "x"},
        "POST calendar/days": day,
        "POST calendar/days/preview": day,
        "POST calendar/notices": {"notice": notice},
        "POST calendar/notices/confirm": {"notice": notice, "seal": "x"},
        "POST deadline-policies": limit,
        "POST deadline-policies/preview": limit,
        "POST parameters": value,
        "POST parameters/preview": value,
    }
