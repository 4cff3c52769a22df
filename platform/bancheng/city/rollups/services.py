"""Keeping the facts true: mark, fold, heal (performance.md §3.2).

Folding recomputes a hall's whole day from its base tables. Run twice, after a crash or side by
side, it ends in the same rows.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from bancheng.city.rollups import marks, quarters, sources, store
from bancheng.city.rollups.facts import Facts, Slice, total
from bancheng.city.rollups.models import RollupState
from bancheng.kernel import clock
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, Level, hall, here
from bancheng.services.live import hints
from bancheng.services.live import log as live
from tenants import directory

log = logging.getLogger(__name__)
OVERLAP = timedelta(minutes=15)
OPEN_DAYS = 35
Key = TypeVar("Key", bound=Hashable)


def mark_dirty(*days: date) -> None:
    """Say after the commit that figures of these days of the current hall changed.

    Name the day it happened, and the due day and the day of registration where a case is
    concerned. Best effort: a lost mark is found by `heal`.
    """
    ref = here()
    wanted = [(ref.id, day) for day in sorted(set(days))]
    hints.after_commit(lambda line: marks.put(line, wanted))


@transaction.atomic
def fold(day: date) -> None:
    """Recompute one day of the current hall in all its tiers.

    What commits while this reads has set its own mark, and is folded again.
    """
    store.lock()
    parts = sources.slices(day)
    labels = {part.window: part.label for part in parts if part.label}
    store.put_windows(day, _by(parts, lambda part: part.window), labels)
    causes = [part for part in parts if part.cause is not None]
    store.put_causes(day, _by(causes, lambda part: part.cause or ""))
    store.put_hall(day, total(part.facts for part in parts))
    store.put_quarters(day, quarters.of(day))
    if day == clock.today():
        store.put_moment(sources.moment())


def _by(parts: Iterable[Slice], name: Callable[[Slice], Key]) -> dict[Key, Facts]:
    groups: dict[Key, list[Facts]] = defaultdict(list)
    for part in parts:
        groups[name(part)].append(part.facts)
    return {key: total(facts) for key, facts in groups.items()}


@transaction.atomic
def fold_network(days: Iterable[date]) -> None:
    """Add up days of the current hall's network and tell the city that facts changed.

    Call it in the city hall, at most once a second (the folder runs every two).
    """
    wanted = sorted(set(days))
    store.lock()
    store.sum_network(wanted)
    live.publish(["city"], live.Change("facts", data={"days": [str(day) for day in wanted]}))


def fold_marked(limit: int = 200) -> int:
    """Fold up to `limit` marked days of any hall, then their networks; the number folded."""
    return fold_all(marks.take(limit))


def fold_all(wanted: Iterable[marks.Mark]) -> int:
    """Fold these days, then their networks. A day that fails is marked again and reported."""
    touched: list[tuple[HallRef, date]] = []
    for hall_id, day in sorted(wanted):
        ref = _fold_one(hall_id, day)
        if ref is not None:
            touched.append((ref, day))
    _add_up(touched)
    return len(touched)


def _fold_one(hall_id: UUID, day: date) -> HallRef | None:
    """Fold one day; the hall, None when it failed."""
    try:
        ref = directory.by_id(hall_id)
        with hall(ref):
            fold(day)
    except NotFound:
        log.warning("rollup mark of a hall that is gone: %s", hall_id)
    except Exception:
        log.exception("folding %s of hall %s failed; marked again", day, hall_id)
        marks.add([(hall_id, day)])
    else:
        return ref
    return None


def heal() -> list[date]:
    """Fold the days of the current hall that changed since the last healing, yesterday and today.

    Figures of these two also change by the clock alone, without an event: a case becomes overdue,
    a forgotten window is closed as of its last act. The overlap covers transactions that committed
    late. Gives the days folded.
    """
    began = clock.now()
    state = RollupState.objects.filter(hall_id=here().id).first()
    since = (state.folded_to if state else began - timedelta(days=OPEN_DAYS)) - OVERLAP
    today = clock.today()
    days = sorted(sources.changed_since(since) | {today, today - timedelta(days=1)})
    for day in days:
        fold(day)
    store.put_folded_to(began)
    return days


def recompute(days: int = OPEN_DAYS) -> list[date]:
    """Fold the last `days` days of the current hall afresh, once a day; the days folded."""
    wanted = [clock.today() - timedelta(days=back) for back in range(days)]
    for day in wanted:
        fold(day)
    return wanted


def everywhere(halls: Iterable[HallRef], work: Callable[[], list[date]]) -> int:
    """Do `heal` or `recompute` in every hall, then add up the networks; the halls done.

    A hall that fails is reported and the others go on.
    """
    touched: list[tuple[HallRef, date]] = []
    done = 0
    for ref in halls:
        try:
            with hall(ref):
                touched += [(ref, day) for day in work()]
            done += 1
        except Exception:
            log.exception("rollups of hall %s failed; the next run tries again", ref.slug)
    _add_up(touched)
    return done


def _add_up(touched: Iterable[tuple[HallRef, date]]) -> None:
    """Sum the networks of these halls, once each."""
    networks: dict[HallRef, set[date]] = defaultdict(set)
    for ref, day in touched:
        city = city_of(ref)
        if city is not None:
            networks[city].add(day)
    for city, days in networks.items():
        with hall(city):
            fold_network(days)


def city_of(ref: HallRef) -> HallRef | None:
    """The city hall at the top of a hall's tree; None in a network without one."""
    top = ref
    while top.parent_id is not None:
        top = directory.by_id(top.parent_id)
    return top if top.level == Level.CITY else None
