"""Filling the city's past: numbers, visits and finished cases of earlier working days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from apps.cases.rules import ReceptionOutcome
from apps.cases.services import history as visits
from apps.windows import services as windows
from bancheng.city.rollups import services as rollups
from bancheng.config.demo import playing
from bancheng.config.demo.content import CaseScript
from bancheng.config.demo.inventing import Inventor, QueueDay
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage
from bancheng.kernel.actor import SYSTEM, Role
from bancheng.kernel.hall import Level, hall

_CHANNELS = {"consult_only": "", "guided_back": "", "not_accepted": "市场途径或诉讼"}
_NEWEST_CASE = 4
_HELD = 3
"""Days of one transaction, which holds the queues in which people are called meanwhile."""


@dataclass(slots=True)
class Filler:
    """Fills spans of working days, counted back from the demonstration day."""

    stage: Stage
    inventor: Inventor

    @property
    def halls(self) -> Mapping[str, OpenHall]:
        return self.stage.halls

    def queues_and_visits(self, newest: int, oldest: int, progress: Callable[[], None]) -> None:
        """Numbers, window hours and visits of days `newest` … `oldest - 1` ago, a hall at once."""
        for opened in self.halls.values():
            days = [self.inventor.queue_day(opened, ago) for ago in range(newest, oldest)]
            past = [one for ago in range(newest, oldest) for one in self._visits(opened, ago)]
            with hall(opened.ref):
                for first in range(0, len(days), _HELD):
                    self._record(days[first : first + _HELD])
                visits.record_past(receptions=past, by=SYSTEM)
            progress()

    def _record(self, days: Sequence[QueueDay]) -> None:
        windows.record_past(
            tickets=[ticket for day in reversed(days) for ticket in day.tickets],
            spans=[span for day in days for span in day.spans],
            by=SYSTEM,
        )

    def _visits(self, opened: OpenHall, ago: int) -> list[visits.PastReception]:
        dice, shapes = self.inventor.dice, self.inventor.content.shapes
        officers = opened.script.holders(Role.DESK_OFFICER)
        items = list(self.inventor.content.items.values())
        made = []
        for _ in range(self.inventor.visits(opened, ago)):
            outcome = dice.choices(list(shapes.receptions), list(shapes.receptions.values()))[0]
            item = dice.choice(items)
            made.append(
                visits.PastReception(
                    at=self.inventor.times.at(ago, dice.randint(0, 419)),
                    matter=f"咨询{item.name}",
                    outcome=ReceptionOutcome(outcome),
                    applicant_kind=dice.choices(("person", "enterprise"), (8, 2))[0],
                    first_responder=opened.people[dice.choice(officers).username],
                    service_item=item.code,
                    ordinary_window_tried=dice.choice((True, False, None)),
                    reason_code="litigation" if outcome == "not_accepted" else "",
                    right_channel=_CHANNELS[outcome],
                    window_id=opened.desk,
                    window_name=opened.desk_number,
                )
            )
        return made

    def background_cases(self, newest: int, oldest: int) -> list[CaseScript]:
        """Finished cases registered in those days."""
        first = max(newest, _NEWEST_CASE)
        return [
            one
            for opened in self.halls.values()
            for one in self.inventor.cases(opened, first, oldest)
        ]

    def open_cases(self) -> list[CaseScript]:
        """Cases of the last days that are still on their way, in every hall."""
        wanted = {Level.CITY: 4, Level.DISTRICT: 6, Level.STREET: 3}
        return [
            one
            for opened in self.halls.values()
            for one in self.inventor.open_cases(opened, wanted[opened.script.level])
        ]

    def fold(self, newest: int, oldest: int, progress: Callable[[], None]) -> None:
        """Compute the figures of those days, then the network's."""
        days = [self.inventor.times.days[ago] for ago in range(newest, oldest)]
        for opened in self.halls.values():
            with hall(opened.ref):
                for day in days:
                    rollups.fold(day)
            progress()
        city = next(one for one in self.halls.values() if one.script.level is Level.CITY)
        with hall(city.ref):
            rollups.fold_network(days)


def play_cases(stage: Stage, scripts: list[CaseScript], progress: Callable[[], None]) -> None:
    """Play scripts in the order of time, all halls together."""
    playing.play(stage.turns(scripts), progress)
