"""Real servers in temporary folders; one pair is shared by the tests that only ask it things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bancheng.config.runtime import services
from bancheng.config.runtime.services import Services


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("shared-services")
    with services.running(folder, what="tests", fsync=False, given={}) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"
