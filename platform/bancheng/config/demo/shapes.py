"""The shape of a year of background history: rates, curves and short texts, invented but for the
arrival curve and the service times, which were measured in real halls (docs/wait-estimate.md).

Volumes follow domain.md §7 (last paragraph), hours §3.7; nothing here is a rule of the product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from apps.cases.rules import Cause, Outcome


@dataclass(frozen=True, slots=True)
class Hours:
    """One opening of a working day, local time `HH:MM`."""

    open: str
    close: str


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Median in the unit the owner says, and the sigma of the logarithm."""

    median: float
    sigma: float


@dataclass(frozen=True, slots=True)
class QueueShape:
    """Service minutes of one queue, log-normal."""

    prefix: str
    median: float
    sigma: float


@dataclass(frozen=True, slots=True)
class HallShape:
    """Means per month for desk receptions and cases, tickets per working day by queue.

    `quiet_months` have no case: 1 is the month before the demonstration's. A `quiet_but_risky`
    hall registers little while bad ratings and walk-outs are high (domain.md M-24).
    """

    hall: str
    receptions: float
    cases: float
    tickets: Mapping[str, float]
    quiet_months: tuple[int, ...] = ()
    quiet_but_risky: bool = False
    bad_rating_share: float | None = None
    walk_out_share: float | None = None


@dataclass(frozen=True, slots=True)
class CaseShape:
    """How background cases split; shares of all cases."""

    causes: Mapping[str, float]
    overdue_share: float
    reopened_share: float
    returned_share: float
    referred_share: float
    on_spot_share: float
    bad_rating_share: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """A matter that comes back in several halls; `cases` is the year's total."""

    code: str
    name: str
    cases: int
    halls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Everything the history generator is told.

    `arrivals` are shares per working half hour from opening, `weekdays` and `months` factors
    with mean 1, `demo_minute` the working minute that is "now" on the demonstration day.
    """

    demo_minute: int
    hours: tuple[Hours, ...]
    arrivals: tuple[float, ...]
    weekdays: tuple[float, ...]
    months: tuple[float, ...]
    walk_seconds: LogNormal
    missed_share: float
    priority_share: float
    queues: tuple[QueueShape, ...]
    halls: tuple[HallShape, ...]
    cases: CaseShape
    receptions: Mapping[str, float]
    clusters: tuple[Cluster, ...]
    surnames: tuple[str, ...]
    given_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A short background case; `units` are the units that may lead it, `reason` a blocking code."""

    code: str
    levels: tuple[Literal["city", "district", "street"], ...]
    units: tuple[str, ...]
    item: str
    cause: Cause
    reason: str
    outcome: Outcome
    title: str
    detail: str
    answer: str
    cluster: str | None = None
    basis: str | None = None
