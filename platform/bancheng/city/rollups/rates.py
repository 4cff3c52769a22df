"""Shares and means with their uncertainty: small halls must not look extreme by chance.

Rules: domain.md §5.1 (a denominator of 0 is no share), §5.4 (shrinkage for bands, Wilson for
awards, minimum sample 10).
"""

from dataclasses import dataclass
from math import asin, pi, sin, sqrt

Z95 = 1.959963984540054
PRIOR_STRENGTH = 20
MINIMUM_SAMPLE = 10
MINIMUM_PERIODS = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, both ends included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def share(x: float, n: float) -> float | None:
    """x of n; None when there is nothing to divide by (shown as “—”, domain.md §5.1)."""
    return x / n if n else None


def wilson(x: float, n: int) -> Interval | None:
    """Wilson's score interval of a share, 95 %; its lower bound orders awards (§5.4 no. 5)."""
    if n == 0:
        return None
    z2 = Z95 * Z95
    centre = (x + z2 / 2) / (n + z2)
    half = Z95 / (n + z2) * sqrt(max(x * (n - x) / n + z2 / 4, 0))
    low = max(centre - half, 0.0) if x else 0.0  # exactly, not by a rounding error
    high = min(centre + half, 1.0) if x < n else 1.0
    return Interval(low, high)


def shrink(x: float, n: int, mean: float, *, strength: float = PRIOR_STRENGTH) -> float:
    """The share drawn towards the group's mean, the more the smaller n is (§5.4 no. 4)."""
    return (x + strength * mean) / (n + strength)


def angle(value: float, n: int, *, strength: float = PRIOR_STRENGTH) -> tuple[float, float]:
    """Centre and standard error of arcsin(sqrt(share)) for a shrunk share seen n times.

    The shrunk share is the mean of a Beta distribution with n + strength observations; on this
    scale that distribution is close to a normal one of constant width, also next to 0 and 1.
    """
    return asin(sqrt(min(max(value, 0.0), 1.0))), 1 / (2 * sqrt(n + strength + 1))


def shrunk_interval(x: float, n: int, mean: float, *, strength: float = PRIOR_STRENGTH) -> Interval:
    """95 % interval around the shrunk share; unlike Wilson's it always holds the drawn point."""
    centre, error = angle(shrink(x, n, mean, strength=strength), n, strength=strength)
    low, high = max(centre - Z95 * error, 0.0), min(centre + Z95 * error, pi / 2)
    return Interval(sin(low) ** 2, sin(high) ** 2)


@dataclass(frozen=True, slots=True)
class RatioSums:
    """Sums over the periods (days) of a ratio Σy ÷ Σx, as a database adds them up."""

    periods: int
    x: float
    y: float
    xx: float
    xy: float
    yy: float

    @property
    def ratio(self) -> float | None:
        return share(self.y, self.x)


def ratio_interval(sums: RatioSums) -> Interval | None:
    """95 % interval of a ratio of sums, from its spread between days; None under five days.

    For the mean wait (seconds waited ÷ tickets called) and the window load (seconds of service ÷
    seconds staffed). People of one day wait in the same queue, so they are one observation, not
    many: the ratio estimator's linearised variance with the day as the cluster,
    var = d/(d-1) · Σ(y - R·x)² ÷ (Σx)², with Student's t of d-1 degrees of freedom
    (Cochran, Sampling Techniques, 3rd ed., §6.3 and §2.8).
    """
    ratio = sums.ratio
    if ratio is None or sums.periods < MINIMUM_PERIODS:
        return None
    residual = max(sums.yy - 2 * ratio * sums.xy + ratio * ratio * sums.xx, 0.0)
    error = sqrt(sums.periods / (sums.periods - 1) * residual) / sums.x
    half = _student(sums.periods - 1) * error
    return Interval(max(ratio - half, 0.0), ratio + half)


def _student(freedom: int) -> float:
    """The 97.5 % point of Student's t (Cornish-Fisher; under 0.5 % off from 4 degrees on)."""
    z = Z95
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
