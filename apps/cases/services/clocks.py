"""Starting and stopping the clocks of a case's stages (domain.md §2.2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from apps.cases.models import Case, Deadline
from apps.cases.rules import Stage
from apps.cases.timekeeping.details import Resumed
from apps.cases.timekeeping.reckoning import (
    Moved,
    counted,
    name_policy,
    put_down,
    recount,
    stands_still,
    written_rule,
)
from apps.cases.timekeeping.standstill import PAUSED, days_granted, finish
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.city.calendar.policies import Policy
from bancheng.kernel import clock, ids
from bancheng.kernel.database import records
from bancheng.kernel.hall import here

CHANGING = (
    "ended",
    "done_at",
    "due_at",
    "due_on",
    "provisional",
    "first_due_at",
    "extended_days",
    "reckoned",
    "rule",
    "policy_source",
    "policy_basis",
    "policy_hall",
)
"""What changes of a clock once it runs."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose clock it is: a unit, another hall, or (no id) the desk."""

    id: UUID | None
    name: str


def desk() -> Owner:
    """The current hall's desk."""
    return Owner(None, here().desk_name)


def lead(case: Case) -> Owner:
    """The unit that leads the case."""
    return Owner(case.lead_unit, case.lead_unit_name)


@dataclass(frozen=True, slots=True)
class ItemClock:
    """The clock of one piece of work. `days` are working days that somebody chose for it; without
    them the limit in force for the stage holds."""

    item: UUID
    stage: Stage
    owner: Owner
    category: str = ""
    since: datetime | None = None
    days: int | None = None


class Clocks:
    """The running deadlines of a locked case. Changes are kept until `write`.

    The case's own stages are asked for by stage; the clocks of pieces of work under it
    (`start_item`, `end_item`) are kept apart, so that no step of the case touches them.
    """

    def __init__(self, case: Case, running: list[Deadline]) -> None:
        self._case = case
        self._running = {Stage(one.stage): one for one in running if one.item is None}
        self._items = {one.id: one for one in running if one.item is not None}
        self._started: list[Deadline] = []
        self._ended: dict[str, list[UUID]] = {"done": [], "dropped": []}
        self._changed: dict[UUID, Deadline] = {}
        self.at = clock.now()

    @classmethod
    def of(cls, case: Case) -> "Clocks":
        """Those of a stored case, running or standing still."""
        how = ["", PAUSED] if case.resume_at is not None else [""]
        return cls(
            case,
            records.where(Deadline, "case_id = %s AND ended = ANY(%s) ORDER BY id", case.id, how),
        )

    def running(self, stage: Stage) -> Deadline | None:
        """The stage's deadline while it runs or stands still."""
        return self._running.get(stage)

    def start(
        self, stage: Stage, owner: Owner, *, category: str = "", since: datetime | None = None
    ) -> Deadline:
        """Start a stage's clock by the limit in force; one that runs is replaced."""
        self.drop(stage)
        began = since or self.at
        deadline = _deadline(self._case, stage, owner, category, began)
        self._running[stage] = deadline
        self._started.append(deadline)
        return deadline

    def start_resolving(self, owner: Owner, *, since: datetime | None = None) -> Deadline:
        """The promise to the citizen: once started it keeps its beginning through every
        hand-over, and only its owner and category change (design.md §6)."""
        before = self.running(Stage.RESOLVE)
        began = before.started_at if before else since
        category = self._case.category
        promise = self.start(Stage.RESOLVE, owner, category=category, since=began)
        if before is not None:
            moved = before.due_at != promise.due_at
            promise.first_due_at = before.first_due_at or (before.due_at if moved else None)
        return promise

    def hand_over(self, owner: Owner) -> None:
        """The promise runs on, and somebody else answers for it."""
        if Stage.RESOLVE in self._running:
            self.start_resolving(owner)

    def stop(self, *stages: Stage) -> None:
        """What the stage asked for was done."""
        self._end("done", stages)

    def drop(self, *stages: Stage) -> None:
        """The stage went away before it was done."""
        self._end("dropped", stages)

    def drop_all(self, *, but: Stage | None = None) -> None:
        """Nothing runs any more, neither stages nor pieces of work; `but` one stage, if it ran."""
        self.drop(*(stage for stage in tuple(self._running) if stage != but))
        for deadline in self._items.values():
            self._put_down("dropped", deadline)
        self._items = {}

    def start_item(self, wanted: ItemClock) -> Deadline:
        """Start the clock of a piece of work; one of the same stage that runs is replaced."""
        self.end_item(wanted.item, "dropped", wanted.stage)
        deadline = _item_deadline(self._case, wanted, wanted.since or self.at)
        self._items[deadline.id] = deadline
        self._started.append(deadline)
        return deadline

    def end_item(self, item: UUID, how: str, stage: Stage | None = None) -> None:
        """End the clocks of a piece of work: done or dropped."""
        for deadline in list(self._items.values()):
            if deadline.item == item and stage in (None, deadline.stage):
                self._put_down(how, self._items.pop(deadline.id))

    def _end(self, how: str, stages: tuple[Stage, ...]) -> None:
        for stage in stages:
            deadline = self._running.pop(stage, None)
            if deadline is not None:
                self._put_down(how, deadline)

    def _put_down(self, how: str, deadline: Deadline) -> None:
        if deadline in self._started:
            self._started.remove(deadline)
        else:
            self._ended[how].append(deadline.id)

    def stand_still(self) -> None:
        """Stop what a pause stops; the pause is put down by the caller."""
        for deadline in self._running.values():
            if stands_still(deadline):
                deadline.ended, deadline.done_at = PAUSED, self.at
                self._changed[deadline.id] = deadline

    def go_on(self, at: datetime, how: str) -> Resumed:
        """End the case's pause at this moment; what it held is counted anew from its beginning."""
        over = finish(self._case, at, how)
        time = calendar.timekeeping()
        for deadline in self._running.values():
            if deadline.ended == PAUSED:
                deadline.ended, deadline.done_at = "", None
                put_down(deadline, counted(deadline, self._case, time, self.at), time)
                self._changed[deadline.id] = deadline
        days = elapsed_working_days(over.since, over.ended or at, time.calendar)
        promise = self.running(Stage.RESOLVE)
        return Resumed(over.reason, over.since, at, how, days, promise.due_on if promise else None)

    def extend(self, days: int) -> Deadline | None:
        """Give the promise further working days; None when there is none."""
        promise = self.running(Stage.RESOLVE)
        if promise is not None:
            time = calendar.timekeeping()
            promise.extended_days += days
            put_down(promise, counted(promise, self._case, time, self.at), time)
            self._changed[promise.id] = promise
        return promise

    def recount(self) -> list[Moved]:
        """Count everything that runs again as days and limits are now; what moved."""
        time, moved = calendar.timekeeping(), []
        for deadline in (*self._running.values(), *self._items.values()):
            if not deadline.ended and deadline.reckoned != time.revision:
                moved.append(recount(deadline, self._case, time, self.at))
                self._changed[deadline.id] = deadline
        return [one for one in moved if one is not None]

    def settle(self) -> None:
        """Give the unsaved case its earliest due moment; what stands still has none."""
        running = [*self._running.values(), *self._items.values()]
        moments = [deadline.due_at for deadline in running if not deadline.ended]
        self._case.due_at = min(moments, default=None)

    def write(self) -> None:
        """Store the changes; the case is saved by the caller, after `settle`."""
        records.insert(self.ended())

    def ended(self) -> list[Deadline]:
        """Store what ended and what changed; the new clocks, for the caller to insert."""
        for how, deadline_ids in self._ended.items():
            if deadline_ids:
                _end(deadline_ids, how, self.at)
        gone = {one for ids_ in self._ended.values() for one in ids_}
        new = {deadline.id for deadline in self._started}
        changed = [row for row in self._changed.values() if row.id not in gone | new]
        if changed:
            Deadline.every.bulk_update(changed, CHANGING)
        return self._started


def _end(deadline_ids: list[UUID], how: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_deadline SET ended = %s, done_at = %s WHERE id = ANY(%s)",
            [how, at, deadline_ids],
        )


def _item_deadline(case: Case, wanted: ItemClock, began: datetime) -> Deadline:
    """By the days somebody chose, else by the limit in force."""
    if wanted.days is None:
        deadline = _deadline(case, wanted.stage, wanted.owner, wanted.category, began)
    else:
        chosen = Policy(wanted.stage, wanted.category, f"WD+{wanted.days}", "chosen", "")
        deadline = _by_policy(case, chosen, wanted.owner, began)
    deadline.item = wanted.item
    return deadline


def _deadline(
    case: Case, stage: Stage, owner: Owner, category: str, started_at: datetime
) -> Deadline:
    """By the limit of the day the clock began; by today's when that was decided to reach back."""
    time = calendar.timekeeping()
    policy = time.policy(stage, category, clock.today())
    if not policy.recompute:
        policy = time.policy(stage, category, clock.day_of(started_at))
    return _by_policy(case, policy, owner, started_at)


def _by_policy(case: Case, policy: Policy, owner: Owner, started_at: datetime) -> Deadline:
    """The clock of a stage; where the case stands still, so does a clock that a pause stops."""
    time, now = calendar.timekeeping(), clock.now()
    row = Deadline(
        id=ids.new_id(),
        case=case,
        stage=policy.stage,
        category=policy.category,
        rule=written_rule(policy.rule, case.channel),
        owner=owner.id,
        owner_name=owner.name,
        started_at=started_at,
    )
    name_policy(row, policy)
    if policy.stage == Stage.RESOLVE:
        row.extended_days = days_granted(case, started_at)
    put_down(row, counted(row, case, time, now), time)
    if case.resume_at is not None and stands_still(row):
        row.ended, row.done_at = PAUSED, now
    return row
