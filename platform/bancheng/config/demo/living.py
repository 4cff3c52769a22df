"""One look round a hall's ordinary windows, and one at the background cases."""

import logging
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError

from apps.windows import queries
from apps.windows import services as windows
from bancheng.config.demo.content import CaseScript
from bancheng.config.demo.inventing import Inventor
from bancheng.config.demo.morning import clerks
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage, Turn
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import hall

log = logging.getLogger(__name__)
_MOST_WAITING = 6
_SERVICE = (timedelta(seconds=40), timedelta(seconds=150))
_WALK = timedelta(seconds=8)
_OPEN_CASES = 6


def _attempt(act: Callable[[], object]) -> None:
    """A person at the demo may have done the same a moment before: then it is left out."""
    try:
        act()
    except Refusal as refusal:
        log.info("left out: %s", refusal.code)
    except DatabaseError:
        log.exception("left out")


@dataclass(slots=True)
class Counter:
    """The ordinary windows of one hall."""

    opened: OpenHall
    dice: random.Random
    until: dict[UUID, float] = field(default_factory=dict)

    def look(self) -> None:
        """Let somebody arrive, then let every ordinary window do its next act."""
        with hall(self.opened.ref):
            seats = clerks(self.opened)
            ordinary = [w for w in self.opened.script.windows if w.kind != "desk"]
            for window in ordinary:
                by = seats.get(window.number)
                if by is not None:
                    self._arrive(window.queues[0], by)
                    _attempt(lambda w=window, b=by: self._serve(w.number, b))  # type: ignore[misc]

    def _arrive(self, prefix: str, by: Actor) -> None:
        waiting = {row.queue.prefix: row.count for row in queries.waiting()}
        if waiting.get(prefix, 0) < _MOST_WAITING and self.dice.random() < 0.25:
            _attempt(lambda: windows.take(queue_id=self.opened.queues[prefix], by=by))

    def _serve(self, number: int, by: Actor) -> None:
        """Open, call, start, finish: whichever is next and due."""
        window_id = self.opened.windows[number]
        now = queries.window(window_id)
        ticket, at = now.current_ticket, clock.now()
        if now.window.state in ("closed", "paused", "away"):
            windows.open_window(window_id=window_id, by=by)
        elif now.window.clerk_id != by.post_id:
            return
        elif ticket is None:
            windows.call_next(window_id=window_id, by=by)
            self.until[window_id] = self.dice.uniform(*(t.total_seconds() for t in _SERVICE))
        elif ticket.started_at is None and ticket.called_at and at - ticket.called_at > _WALK:
            windows.start(window_id=window_id, by=by)
        elif ticket.started_at and self._done(window_id, at - ticket.started_at):
            windows.finish(window_id=window_id, by=by)

    def _done(self, window_id: UUID, served: timedelta) -> bool:
        return served.total_seconds() > self.until.get(window_id, 60.0)


@dataclass(slots=True)
class Desk:
    """Background cases that come in and move on, a step a look."""

    stage: Stage
    inventor: Inventor
    dice: random.Random
    waiting: deque[list[Turn]] = field(default_factory=deque)

    def look(self) -> None:
        """Begin a case when few are open, then take the next step of the one that waits longest."""
        if len(self.waiting) < _OPEN_CASES:
            self.waiting.append(self.stage.turns([self._script()]))
        turns = self.waiting.popleft()
        turn = turns.pop(0)
        _attempt(turn.do)
        if turns:
            self.waiting.append(turns)

    def _script(self) -> CaseScript:
        opened = self.dice.choice(list(self.stage.halls.values()))
        return self.inventor.background(opened, 0)
