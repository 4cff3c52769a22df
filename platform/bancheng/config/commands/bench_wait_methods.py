"""The estimates that are compared: ours, and three that need no history or only a mean.

All learn from the same earlier days and are asked at the same moments.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from apps.windows import estimating
from apps.windows.estimating import Estimate, History, Moment, Stretch, Waited
from bancheng.config.commands.bench_wait_snapshots import Days, QueueDay, Reading
from bancheng.config.commands.bench_wait_truth import is_mixed, stretches, truth

QueueKey = tuple[str, str]
_LEARNS_FROM_WAITING = 3


@dataclass(frozen=True, slots=True)
class Learned:
    """What the earlier days taught: our histories, and window-minutes per called number."""

    histories: dict[QueueKey, History]
    hall_histories: dict[str, History]
    minutes_per_ticket: dict[QueueKey, float]
    anywhere: float


def learn(days: Days, *, seen: bool) -> Learned | None:
    """Learn from these days and no others; None if too little happened in them."""
    waits: dict[QueueKey, list[Waited]] = defaultdict(list)
    flows: dict[QueueKey, list[Stretch]] = defaultdict(list)
    for key, readings in days.items():
        if not is_mixed(readings):
            waits[key[:2]] += _waited(key, readings, seen)
            flows[key[:2]] += stretches(readings)
    everywhere = estimating.learn(list(chain(*waits.values())), list(chain(*flows.values())))
    if everywhere is None:
        return None
    halls = {hall: _hall_history(hall, waits, flows, everywhere) for hall, _ in waits}
    return Learned(
        {
            key: _required(estimating.learn(waits[key], flows[key], wider=halls[key[0]].pace))
            for key in waits
        },
        halls,
        {key: spent for key in flows if (spent := _minutes_per_ticket(flows[key]))},
        _minutes_per_ticket(chain(*flows.values())) or 0.0,
    )


def _waited(key: QueueDay, readings: Sequence[Reading], seen: bool) -> list[Waited]:
    """Past waits as the estimator takes them; the newest number counts itself among the waiting."""
    return [
        Waited(key.day, asked.at.minute // 60, asked.at.waiting - 1, max(asked.minutes, 0.0))
        for asked in truth(readings, fewest=_LEARNS_FROM_WAITING, seen=seen).asked
    ]


def _hall_history(
    hall: str,
    waits: dict[QueueKey, list[Waited]],
    flows: dict[QueueKey, list[Stretch]],
    everywhere: History,
) -> History:
    own = [key for key in waits if key[0] == hall]
    return _required(
        estimating.learn(
            list(chain(*(waits[key] for key in own))),
            list(chain(*(flows[key] for key in own))),
            wider=everywhere.pace,
        )
    )


def _required(history: History | None) -> History:
    if history is None:
        raise ValueError("a wider pace always gives a history")
    return history


def _minutes_per_ticket(flows: Iterable[Stretch]) -> float | None:
    """Window-minutes ÷ called numbers, over minutes in which somebody waited."""
    spent = calls = 0.0
    for stretch in flows:
        spent += stretch.minutes * stretch.windows
        calls += stretch.calls
    return spent / calls if calls else None


def ours(learned: Learned, key: QueueDay, at: Reading, today: Sequence[Stretch]) -> Estimate | None:
    """The product's estimate; None in a hall that was not there on the earlier days."""
    history = learned.histories.get(key[:2]) or learned.hall_histories.get(key.hall)
    if history is None:
        return None
    moment = Moment(key.day, at.minute, at.waiting - 1, at.windows)
    return estimating.estimate(history, moment, today)


def others(learned: Learned, key: QueueDay, at: Reading) -> dict[str, float]:
    """Minutes by each of the other methods at the same moment."""
    each = learned.minutes_per_ticket.get(key[:2], learned.anywhere)
    return {
        "published minutes": at.published,
        "waiting × learned minutes ÷ windows": at.waiting * each / at.windows,
        "waiting × published minutes ÷ windows": at.waiting * at.published / at.windows,
    }
