"""Cases that nothing happens to: owner, then lead, then supervisor (C-43, C-90; C-30 for urgent
ones). Counted in working hours; what is paused or lies with another hall does not stand still."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.cases.timekeeping import watching
from apps.cases.timekeeping.watching import Standstill
from apps.notices.services import Note
from apps.oversight.models import Stall
from apps.oversight.rules import Audience, StallKind
from apps.oversight.services import telling
from apps.oversight.services.sweeping import held
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.elapsed import working_minutes_before
from bancheng.city.calendar.queries import Timekeeping
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

_RUNGS = (Audience.OWNER, Audience.UNIT_LEAD, Audience.SUPERVISOR)
_ON_SPOT = (Audience.OWNER, Audience.SHIFT_LEAD)
_Key = tuple[UUID, str, int, int]


@transaction.atomic
def scan() -> int:
    """Find and tell of new standstills; how many. Outside working time nothing is looked for,
    and while a sweep runs elsewhere neither."""
    now, time = clock.now(), calendar.timekeeping()
    if telling.quiet(now, time) or held() is None:
        return 0
    seen = {_key(stall): stall for stall in (*_idle(now, time), *_urgent(now, time))}
    open_now = {_key(row): row for row in Stall.objects.filter(over_at=None)}
    known = set(_known(seen))
    over = [row.id for key, row in open_now.items() if key not in seen]
    Stall.objects.filter(id__in=over).update(over_at=now)
    made = [stall for key, stall in seen.items() if key not in known]
    Stall.objects.bulk_create(made, ignore_conflicts=True)
    if made:
        _announce(made)
    return len(made)


def _key(stall: Stall) -> _Key:
    return stall.case, stall.kind, stall.seq, stall.level


def _known(seen: Iterable[_Key]) -> list[_Key]:
    rows = Stall.objects.filter(case__in={key[0] for key in seen})
    return list(rows.values_list("case", "kind", "seq", "level"))


def _idle(now: datetime, time: Timekeeping) -> list[Stall]:
    """Each level after another so many working hours without an action."""
    minutes = parameters.number("oversight.idle_hours") * 60
    marks = [
        working_minutes_before(now, minutes * level, time.calendar, time.hours)
        for level in range(1, len(_RUNGS) + 1)
    ]
    return [
        _stall(StallKind.IDLE, one, level)
        for one in watching.standing_still(marks[0])
        for level, mark in enumerate(marks, start=1)
        if one.since < mark
    ]


def _urgent(now: datetime, time: Timekeeping) -> list[Stall]:
    minutes = parameters.number("oversight.on_spot_hours") * 60
    before = working_minutes_before(now, minutes, time.calendar, time.hours)
    return [_stall(StallKind.ON_SPOT, one, 1) for one in watching.urgent_on_the_desk(before)]


def _stall(kind: StallKind, one: Standstill, level: int) -> Stall:
    made = Stall(
        kind=kind,
        case=one.case_id,
        number=one.number,
        seq=one.seq,
        level=level,
        since=one.since,
        unit=one.unit,
        unit_name=one.unit_name,
        recorded_only=one.recorded_only and kind is StallKind.IDLE,
        at=clock.now(),
    )
    made.person = one.person
    return made


def _announce(made: Sequence[Stall]) -> None:
    for stall in made:
        rungs = _ON_SPOT if stall.kind == StallKind.ON_SPOT else _RUNGS[stall.level - 1 :][:1]
        params = {"since": stall.since.isoformat(), "unit": stall.unit_name, "level": stall.level}
        note = Note(f"oversight.{stall.kind}", "case", stall.case, stall.number, params)
        telling.climb(note, rungs, unit=stall.unit, person=stall.person)
    detail = {"stalls": [str(stall.id) for stall in made]}
    audit.record("oversight.stood_still", subject="hall", subject_id=None, by=SYSTEM, detail=detail)
    heard = telling.topics((one.case for one in made), [one.unit for one in made])
    live.publish(heard, live.Change("cards.stalled"))
