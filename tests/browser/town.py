"""A small part of the demo city for browsers: a street, its district, the city hall."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bancheng.city.identity import accounts
from bancheng.config.demo import content, morning, opening, times
from bancheng.config.demo.content import CaseScript, DemoContent
from bancheng.config.demo.filling import Filler, play_cases
from bancheng.config.demo.inventing import Inventor
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.playing import Stage
from bancheng.kernel import poke
from tests.support.people import PASSWORD

CITY, DISTRICT, STREET = "shimin", "qinghe", "binhe"
RECENT_DAYS = 6
_OLDEST_SCRIPT = 25
_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Town:
    """The opened halls by slug; everybody's password is that of the tests."""

    halls: Mapping[str, OpenHall]

    def person(self, username: str) -> str:
        """The name at a post, as the demo's content gives it."""
        hall = self.halls[username.split(".", maxsplit=1)[0]]
        return next(one.name for one in hall.script.staff if one.username == username)

    def unit(self, slug: str, code: str) -> str:
        """A department's name."""
        return next(u.name for u in self.halls[slug].script.departments if u.code == code)


def settle() -> Town:
    """Halls, people, windows, a few days of numbers, the young scripted cases, this morning."""
    script = _part_of(content.load())
    with poke.quiet():
        halls = opening.open_city(script)
        stored = accounts.hashed(PASSWORD)
        for opened in halls.values():
            opening.furnish(opened, stored)
        stage = Stage(script, halls, times.timetable(script.shapes.demo_minute))
        filler = Filler(stage, Inventor(script, stage.times, random.Random(_SEED)))
        filler.queues_and_visits(1, RECENT_DAYS, _silently)
        play_cases(stage, [one for one in script.cases if _plays_here(one)], _silently)
        morning.begin(stage)
        filler.fold(0, RECENT_DAYS, _silently)
    return Town(halls)


def _part_of(whole: DemoContent) -> DemoContent:
    kept = {slug: hall for slug, hall in whole.halls.items() if slug in (CITY, DISTRICT, STREET)}
    return replace(whole, halls=kept)


def _plays_here(script: CaseScript) -> bool:
    """Whether a script is young and needs no other hall."""
    places = {script.hall}
    for step in script.steps:
        places |= {getattr(step, name, None) or script.hall for name in ("hall", "to")}
    return script.ago <= _OLDEST_SCRIPT and places <= {CITY, DISTRICT, STREET}


def _silently() -> None:
    """No progress bar in tests."""
