"""A hall's own records as a plain list that tests change; the fold reads them as an app's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import pytest

from bancheng.city.rollups import sources
from bancheng.city.rollups.facts import Slice
from bancheng.city.rollups.sources import Moment
from bancheng.kernel.hall import here


class Records:
    """What each hall wrote down, per day, and when it last wrote."""

    def __init__(self) -> None:
        self.slices: dict[tuple[UUID, date], list[Slice]] = defaultdict(list)
        self.written: dict[UUID, list[tuple[datetime, date]]] = defaultdict(list)
        self.now = Moment()

    def day(self, day: date) -> Iterable[Slice]:
        return self.slices[here().id, day]

    def changes(self, since: datetime) -> Iterable[date]:
        return [day for at, day in self.written[here().id] if at >= since]

    def moment(self) -> Moment:
        return self.now


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    """Instead of the apps' tables, which these tests are not about."""
    made = Records()
    for name in ("_days", "_changes", "_moments"):
        monkeypatch.setattr(sources, name, [])
    sources.register(day=made.day, changes=made.changes)
    sources.register_moment(made.moment)
    return made
