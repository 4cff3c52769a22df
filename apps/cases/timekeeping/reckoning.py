"""What a case's clock is counted by: its rule, its pauses, its extension, the calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from apps.cases.models import Case, Deadline
from apps.cases.rules import Stage
from apps.cases.timekeeping import standstill
from bancheng.city.calendar import declared
from bancheng.city.calendar.engine import due_extended
from bancheng.city.calendar.notation import format_rule, names, parse_rule
from bancheng.city.calendar.policies import Policy
from bancheng.city.calendar.queries import Timekeeping
from bancheng.city.calendar.ruler import Deadline as Counted
from bancheng.kernel import clock

MOVED_BY_LIMIT, MOVED_BY_CALENDAR = "limit", "calendar"


def written_rule(rule: str, channel: str) -> str:
    """A limit's rule as a clock of this channel runs by it: where the limit itself says nothing,
    the place's cut-off and the channel's count-start practice (domain.md §3.8 item 8)."""
    parsed = parse_rule(rule)
    if not names(rule, "cutoff"):
        parsed = replace(parsed, cutoff=declared.cutoff())
    if not names(rule, "receipt"):
        parsed = replace(parsed, receipt=declared.receipt_of(channel))
    return format_rule(parsed)


def stands_still(row: Deadline) -> bool:
    """Whether a pause of the case stops this clock."""
    return row.item is None and row.stage in standstill.STAND_STILL


def counted(row: Deadline, case: Case, time: Timekeeping, now: datetime) -> Counted:
    """The clock counted from its beginning, with every pause and the extension."""
    spans = standstill.spans(case, now) if stands_still(row) else []
    return due_extended(
        row.started_at, parse_rule(row.rule), time.calendar, time.hours, spans, row.extended_days
    )


def put_down(row: Deadline, found: Counted, time: Timekeeping) -> None:
    """Keep a counted date; the first one promised stays known once it has moved."""
    if row.due_at is not None and row.due_at != found.due_at:
        row.first_due_at = row.first_due_at or row.due_at
    row.due_at, row.due_on = found.due_at, found.due_on
    row.provisional, row.reckoned = found.provisional, time.revision


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose date is another one now, or would be."""

    stage: str
    before_at: datetime
    after_at: datetime
    before: date
    after: date
    reason: str


def recount(
    row: Deadline, case: Case, time: Timekeeping, now: datetime, on: date | None = None
) -> Moved | None:
    """Count a running clock again as days and limits are now (or on a later day); what moved.

    A limit reaches a clock that runs only when it was decided to (`recompute`); the calendar always
    does (domain.md §3.8 item 10).
    """
    before_at, before = row.due_at, row.due_on
    retold = _take_limit(row, case, time, on or clock.day_of(now))
    reason = MOVED_BY_LIMIT if retold else MOVED_BY_CALENDAR
    put_down(row, counted(row, case, time, now), time)
    if row.due_at == before_at:
        return None
    return Moved(row.stage, before_at, row.due_at, before, row.due_on, reason)


def _take_limit(row: Deadline, case: Case, time: Timekeeping, on: date) -> bool:
    """Take over a limit that was decided for running clocks; whether the rule changed."""
    if row.policy_source == "chosen":
        return False
    try:
        policy = time.policy(Stage(row.stage), row.category, on)
    except KeyError:
        return False
    rule = written_rule(policy.rule, case.channel)
    if not policy.recompute or rule == row.rule:
        return False
    row.rule = rule
    name_policy(row, policy)
    return True


def name_policy(row: Deadline, policy: Policy) -> None:
    """Who set the limit and on what ground, as of now."""
    row.policy_source, row.policy_basis = policy.source, policy.basis
    row.policy_hall = policy.hall
