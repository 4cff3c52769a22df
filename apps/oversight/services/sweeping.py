"""The sweep over the running clocks, once a minute in every hall (domain.md §3.6).

A level lights once per clock, for who owned the clock at the moment the rule names, whether the
sweep looks a second later or three hours: what passed during an outage is found, also of clocks
that ended meanwhile. A level that a clock had passed before its owner took it over lights for the
owner of that time and never for the new one. What is paused does not run and lights nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.cases.timekeeping import watching
from apps.cases.timekeeping.cards import SHORT
from apps.cases.timekeeping.lighting import BLAMES, Lighting, lightings
from apps.cases.timekeeping.watching import Watched
from apps.notices.services import Note
from apps.oversight.limits import audiences
from apps.oversight.models import Card, Sweep
from apps.oversight.rules import CardState, Level
from apps.oversight.services import telling
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.queries import Timekeeping
from bancheng.city.calendar.spans import horizon
from bancheng.city.parameters import queries as parameters
from bancheng.city.rollups import services as rollups
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

OVERLAP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many levels lit and how many cards were told of; None of it when another sweep runs."""

    lit: int = 0
    told: int = 0


@transaction.atomic
def sweep() -> Swept:
    """Light what is due, end what is over, tell whom it concerns."""
    mark = held()
    if mark is None:
        return Swept()
    now, time = clock.now(), calendar.timekeeping()
    lit = _light(mark.swept_to - OVERLAP, now, time)
    _end_over(now)
    told = [] if telling.quiet(now, time) else _tell(now)
    mark.swept_to = now
    mark.save(update_fields=["swept_to"])
    if lit:
        rollups.mark_dirty(*{card.due_on for card in lit})
        detail = {"cards": [str(card.id) for card in lit]}
        audit.record("oversight.lit", subject="hall", subject_id=None, by=SYSTEM, detail=detail)
        shown = [card for card in lit if card.level]
        units = [card.owner_unit for card in shown]
        heard = telling.topics((card.case for card in shown), units)
        live.publish(heard, live.Change("cards.lit"))
    return Swept(len(lit), len(told))


def held() -> Sweep | None:
    """The hall's mark, locked; None while another worker holds it."""
    locked = Sweep.objects.select_for_update(skip_locked=True).order_by("id")
    found = locked.first()
    if found is None and not Sweep.objects.exists():
        Sweep.objects.bulk_create([Sweep()], ignore_conflicts=True)
        found = locked.first()
    return found


def _light(since: datetime, now: datetime, time: Timekeeping) -> list[Card]:
    ended = watching.ended_since(since)
    known = _known(ended)
    ladder = _Ladder(time, parameters.number("oversight.remind_minutes"))
    found = [
        _card(watched, one, now)
        for watched in (*watching.running(_until(now, time)), *ended)
        if (watched.id, Level.BLACK) not in known
        for one in ladder.reached(watched, now)
        if (watched.id, one.level) not in known
    ]
    made = {(card.deadline, card.level): card for card in found}
    inserted = sorted(made.values(), key=lambda card: (card.lit_at, card.level, card.id))
    return Card.objects.bulk_create(inserted, ignore_conflicts=True, batch_size=500)


def _until(now: datetime, time: Timekeeping) -> datetime:
    """No clock due after the next working day has a level to light yet."""
    today = clock.day_of(now)
    following = next(day for day in horizon(today) if day > today and time.calendar.works(day))
    return time.hours.closing(following) + timedelta(days=1)


def _known(ended: Sequence[Watched]) -> set[tuple[UUID, int]]:
    """What is lit already, of clocks that run and of those that just ended."""
    rows = Card.objects.filter(Q(over_at=None) | Q(deadline__in=[one.id for one in ended]))
    return set(rows.values_list("deadline", "level"))


class _Ladder:
    """The moments of clocks; those that are due together are worked out once."""

    def __init__(self, time: Timekeeping, remind_minutes: int) -> None:
        self._time, self._remind = time, remind_minutes
        self._known: dict[tuple[object, ...], list[Lighting]] = {}

    def reached(self, watched: Watched, now: datetime) -> Iterator[Lighting]:
        """The levels that this owner's clock has reached, each at its own moment."""
        until = min(now, watched.done_at or now)
        for one in self._of(watched):
            if watched.owned_at <= one.at < until:
                yield one

    def _of(self, watched: Watched) -> list[Lighting]:
        key = (watched.stage in SHORT, watched.due_at, watched.due_on, watched.redone_at)
        if key not in self._known:
            self._known[key] = lightings(
                watched, self._time, redone_at=watched.redone_at, remind_minutes=self._remind
            )
        return self._known[key]


def _card(watched: Watched, one: Lighting, now: datetime) -> Card:
    return Card(
        deadline=watched.id,
        case=watched.case_id,
        number=watched.number,
        stage=watched.stage,
        rule=watched.rule,
        level=one.level,
        why=one.why,
        blames=one.why in BLAMES,
        owner_unit=watched.owner,
        owner_name=watched.owner_name,
        owner_post=watched.person,
        owner_person=watched.person_name,
        started_at=watched.started_at,
        due_at=watched.due_at,
        due_on=watched.due_on,
        lit_at=one.at,
        found_at=now,
    )


def _end_over(now: datetime) -> None:
    """A warning ends with its clock; a card that counts stays, with a clock that is over."""
    unfinished = Card.objects.filter(over_at=None)
    deadlines = set(unfinished.values_list("deadline", flat=True))
    over = deadlines - watching.still_running(deadlines)
    if over:
        ended = unfinished.filter(deadline__in=over)
        ended.filter(state=CardState.LIT, blames=False).update(state=CardState.ENDED)
        ended.update(over_at=now)


def _tell(now: datetime) -> list[Card]:
    """Tell of every level in the order in which they lit; a warning that is over is let be."""
    untold = Card.objects.filter(told_at=None)
    waiting = list(untold.order_by("lit_at", "level", "id"))
    if not waiting:
        return []
    told = [card for card in waiting if card.blames or card.over_at is None]
    for card in told:
        rungs = audiences(Level(card.level))
        telling.climb(note(card), rungs, unit=card.owner_unit, person=card.owner_post)
    untold.filter(id__in=[card.id for card in waiting]).update(told_at=now)
    return told


def note(card: Card) -> Note:
    """The line under the bell: which case, which stage, which colour, due when."""
    params = {
        "card": str(card.id),
        "stage": card.stage,
        "level": Level(card.level).word,
        "why": card.why,
        "owner": card.owner_name,
        "due_at": card.due_at.isoformat(),
    }
    kind = "oversight.card" if card.level else "oversight.reminder"
    return Note(kind, "card", card.id, card.number, params)
