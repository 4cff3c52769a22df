"""A street's team that works as the ledger's examples do."""

from datetime import datetime

import pytest

from bancheng.kernel.clock import ZONE
from bancheng.kernel.hall import HallRef
from tests.support.cases import Team


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def team(street: HallRef) -> Team:
    return Team(street)
