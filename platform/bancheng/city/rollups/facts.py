"""What is counted about one hall, window or cause in one day: the one list of figures.

The columns of every rollup table are made from `Facts` (columns.py), so a new figure is added
here, in a migration, and where its app counts it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import reduce
from operator import add
from uuid import UUID

from bancheng.city.rollups.histogram import EMPTY, Buckets, merge

NO_WINDOW = UUID(int=0)
UNCLASSED = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts and sums that may be added over windows, days and halls; durations in seconds.

    Two meanings of time, never mixed in one figure (domain.md §5.1): a *flow* figure belongs to
    the day on which it happened; a *cohort* figure belongs to the day named in its comment.
    """

    tickets: int = 0
    called: int = 0
    served: int = 0
    missed: int = 0
    wait_n: int = 0
    wait_sum_s: int = 0
    wait_max_s: int = 0
    walk_n: int = 0
    walk_sum_s: int = 0
    service_n: int = 0
    service_sum_s: int = 0
    service_max_s: int = 0
    staffed_seconds: int = 0

    receptions: int = 0
    cases: int = 0
    closed_n: int = 0
    done: int = 0
    done_alt: int = 0
    partly: int = 0
    explained: int = 0
    transferred_closed: int = 0
    withdrawn: int = 0
    unreachable: int = 0
    unresolved: int = 0
    merged: int = 0
    out_of_scope: int = 0  # closed cases with a reviewed exclusion, whatever their outcome
    referred_in: int = 0
    referred_up: int = 0
    returned: int = 0
    reopened: int = 0
    yellow: int = 0
    red: int = 0
    due_n: int = 0  # of the cases due on this day: decided (closed, or open and overdue)
    on_time_n: int = 0  # of the cases due on this day: closed in time
    cohort_closed: int = 0  # of the cases registered on this day: closed by now
    of_person: int = 0  # of the cases registered on this day, by who asks (C-74)
    of_enterprise: int = 0
    of_sole_trader: int = 0
    of_other: int = 0
    refusals: int = 0  # approved by a second person on this day, each with its report (C-61)

    waits: Buckets = EMPTY
    services: Buckets = EMPTY

    def __add__(self, other: "Facts") -> "Facts":
        """Both together: sums add, the longest stays the longest, buckets merge."""
        counts = {name: getattr(self, name) + getattr(other, name) for name in COUNTERS}
        for name in MAXIMA:
            counts[name] = max(getattr(self, name), getattr(other, name))
        return Facts(
            waits=merge(self.waits, other.waits),
            services=merge(self.services, other.services),
            **counts,
        )


def total(many: Iterable[Facts]) -> Facts:
    """All of them together; nothing at all is a row of zeros."""
    return reduce(add, many, Facts())


COUNTERS: tuple[str, ...] = tuple(f.name for f in fields(Facts) if f.type is int)
MAXIMA = frozenset({"wait_max_s", "service_max_s"})
APPLICANTS: tuple[str, ...] = ("person", "enterprise", "sole_trader", "other")
"""C-74: each kind's figure is `of_` and its code."""
OUTCOMES: tuple[str, ...] = (
    "done",
    "done_alt",
    "partly",
    "explained",
    "transferred_closed",
    "withdrawn",
    "unreachable",
    "unresolved",
    "merged",
)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a hall's day, as an app reports it.

    `window` is NO_WINDOW where no window took part; `label` is what people call that window.
    `cause` is None for figures that have no cause (queue figures), UNCLASSED for cases without.
    """

    facts: Facts
    window: UUID = NO_WINDOW
    label: str = ""
    cause: str | None = None
