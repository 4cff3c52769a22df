"""Where the services' own files lie when root's services cannot reach the data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bancheng.config.runtime import home, identity
from bancheng.config.runtime.errors import CannotStart

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's services step down")
NOBODY = identity.Identity(uid=65534, gid=65534)


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A data folder below one that only root may enter."""
    tmp_path.chmod(0o700)
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@as_root
def test_a_closed_folder_without_namespaces_sends_them_outside_for_good(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "ways_down", lambda: [NOBODY])
    outside = tmp_path / "outside"

    first = home.of_services(closed, outside)
    monkeypatch.setattr(identity, "ways_down", lambda: [identity.MYSELF])
    second = home.of_services(closed, outside)

    assert first == second
    assert first.parent == outside
    assert first.is_dir()


@as_root
def test_a_folder_they_can_enter_is_used(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "ways_down", lambda: [identity.MYSELF])

    assert home.of_services(closed) == closed


def test_a_folder_that_has_a_database_keeps_it(closed: Path) -> None:
    (closed / "postgres").mkdir()

    assert home.of_services(closed) == closed


def test_a_noted_folder_that_is_gone_is_told(closed: Path) -> None:
    (closed / "services-folder").write_text(f"{closed / 'gone'}\n")

    with pytest.raises(CannotStart) as refusal:
        home.of_services(closed)

    assert "data.services_gone" in str(refusal.value)
