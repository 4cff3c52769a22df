"""Statements per request of sealed files; a growing number of files changes none of them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cases.test_what_it_costs import statements
from tests.conduct.scene import Scene

pytestmark = pytest.mark.django_db


def test_reading_costs_the_same_however_many_files_there_are(scene: Scene) -> None:
    """C-13: a list is two statements and who asks; a file is read whole, and that is written."""
    supervisor = scene.at(scene.supervisor)
    file = scene.file()
    asked: dict[str, Callable[[], Any]] = {
        "list": lambda: supervisor.get("conduct"),
        "file": lambda: supervisor.get(f"conduct/{file.id}"),
    }
    few = {name: statements(ask) for name, ask in asked.items()}
    for _ in range(3):
        scene.file()

    assert {name: statements(ask) for name, ask in asked.items()} == few
    assert few == {"list": 3, "file": 14}
