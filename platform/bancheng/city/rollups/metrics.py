"""The published figures, each from `Facts` alone and exactly by its row of domain.md §5.2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bancheng.city.rollups.facts import Facts
from bancheng.city.rollups.histogram import percentile
from bancheng.city.rollups.rates import MINIMUM_SAMPLE, share

PARTLY_WEIGHT = 0.5
OVERLOAD = 0.85
LIGHT = 0.30
OVERLOAD_DAYS = 5


@dataclass(frozen=True, slots=True)
class Share:
    """x of n, with what was left out of n and why."""

    x: float
    n: int
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """None with nothing to divide by."""
        return share(self.x, self.n)

    def published(self, *, minimum: int = MINIMUM_SAMPLE) -> float | None:
        """None too under the minimum sample: then only the fraction is shown (§5.4 no. 3)."""
        return self.value if self.n >= minimum else None


@dataclass(frozen=True, slots=True)
class Duration:
    """Seconds: the mean, the median and the ninetieth percentile of n durations."""

    n: int
    mean: float | None
    p50: float | None
    p90: float | None


class Load(StrEnum):
    """How much of the staffed time of a window was service."""

    OVERLOADED = "overloaded"
    NORMAL = "normal"
    LIGHT = "light"
    UNKNOWN = "unknown"


def window_load(facts: Facts) -> float | None:
    """M-01 窗口负荷率: seconds of service ÷ seconds staffed; None if nobody was there."""
    return share(facts.service_sum_s, facts.staffed_seconds)


def load_state(days: Sequence[float | None]) -> Load:
    """M-01: above 0.85 on each of the last five staffed days 超负荷; below 0.3 on the whole 偏闲.

    `days` are daily loads, oldest first; days on which the window was not staffed are skipped.
    """
    staffed = [load for load in days if load is not None]
    if not staffed:
        return Load.UNKNOWN
    last = staffed[-OVERLOAD_DAYS:]
    if len(last) == OVERLOAD_DAYS and min(last) > OVERLOAD:
        return Load.OVERLOADED
    return Load.LIGHT if sum(staffed) / len(staffed) < LIGHT else Load.NORMAL


def wait(facts: Facts) -> Duration:
    """M-03 平均等候时长: from ticket to call, of called tickets; no-shows are not counted."""
    return _duration(facts.wait_n, facts.wait_sum_s, facts.waits, facts.wait_max_s)


def abandon_rate(facts: Facts) -> Share:
    """M-04 弃号率: tickets whose holder never came ÷ tickets issued."""
    return Share(facts.missed, facts.tickets)


def service(facts: Facts) -> Duration:
    """M-05 平均办理时长: time of service of served tickets."""
    return _duration(facts.service_n, facts.service_sum_s, facts.services, facts.service_max_s)


def case_rate(facts: Facts) -> Share:
    """M-08 立案转化率: cases ÷ receptions."""
    return Share(facts.cases, facts.receptions)


def on_time(facts: Facts) -> Share:
    """M-12 按时办结率: closed in time ÷ all cases due in the period, overdue open ones included.

    A case due today that is open and still in time is decided later and counted then.
    """
    return Share(facts.on_time_n, facts.due_n)


def substantive(facts: Facts, *, partly: float = PARTLY_WEIGHT) -> Share:
    """M-15 实质解决率: (done + done_alt + 0.5 * partly) ÷ (closed less out of scope,
    withdrawn and merged). `partly` = 0 is the stricter reading.
    """
    excluded = {
        "out_of_scope": facts.out_of_scope,
        "withdrawn": facts.withdrawn,
        "merged": facts.merged,
    }
    x = facts.done + facts.done_alt + partly * facts.partly
    return Share(x, facts.closed_n - sum(excluded.values()), excluded)


def explained(facts: Facts) -> Share:
    """M-16 释因办结率: explained ÷ the same denominator as M-15."""
    base = substantive(facts)
    return Share(facts.explained, base.n, base.excluded)


def refusal_rate(facts: Facts) -> Share:
    """M-29 否定率: refusals ÷ accepted, that is cases registered or taken over from other halls."""
    return Share(facts.refusals, facts.cases + facts.referred_in)


def _duration(n: int, seconds: int, buckets: tuple[int, ...], longest: int) -> Duration:
    return Duration(
        n=n,
        mean=share(seconds, n),
        p50=percentile(buckets, 0.5, maximum=longest or None),
        p90=percentile(buckets, 0.9, maximum=longest or None),
    )
