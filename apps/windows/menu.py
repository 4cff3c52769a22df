"""What the kiosk and a citizen's phone offer: groups, below them the kinds of business, each open
or saying when, with people waiting, the range and what is left of the day's numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from apps.windows import load
from apps.windows.models import Queue
from apps.windows.opening import Timetable
from apps.windows.services.taking import left_today


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of business on the menu."""

    queue: Queue
    open: bool
    opens_at: datetime | None
    left: int | None
    waiting: int
    minutes: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The first level of the menu; without a name its kinds stand beside the groups."""

    name: str
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class Menu:
    """The whole menu now; `opens_at` is the first opening while all is closed."""

    groups: list[Group]
    open: bool
    opens_at: datetime | None


def menu() -> Menu:
    """What may be taken at a kiosk or with a phone."""
    queues = list(Queue.objects.filter(active=True, kiosk=True).order_by("position", "prefix"))
    offers = list(_offers(queues))
    is_open = any(offer.open for offer in offers)
    opens = min((o.opens_at for o in offers if o.opens_at), default=None)
    order = {name: place for place, name in enumerate(dict.fromkeys(q.group for q in queues))}
    offers.sort(key=lambda offer: order[offer.queue.group])
    grouped = groupby(offers, key=lambda offer: offer.queue.group)
    groups = [Group(name, list(found)) for name, found in grouped]
    return Menu(groups, is_open, None if is_open else opens)


def _offers(queues: list[Queue]) -> Iterator[Offer]:
    timetable = Timetable(queues)
    for line in load.lines(queues):
        queue = line.queue
        opening = timetable.now(queue.id)
        left = None if queue.contingent is None else max(left_today(queue), 0)
        yield Offer(queue, opening.open, opening.opens_at, left, line.waiting, line.expected)
