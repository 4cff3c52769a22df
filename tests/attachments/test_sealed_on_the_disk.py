"""What lies on the disk is noise without its hall, its row and its key."""

import io
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from apps.attachments import queries, storage
from apps.attachments.services import sweeping
from apps.attachments.storage import PIECE, Reader, Writer
from bancheng.kernel import ids
from bancheng.kernel.crypto import CannotOpen
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.files import attached

KEY = bytes(range(16))
CANARY = b"CANARY-IN-PLAIN "


def written(ref: HallRef, content: bytes) -> Path:
    """A file kept under KEY; where it lies."""
    file_id = ids.new_id()
    with hall(ref), Writer(file_id, KEY) as target:
        for start in range(0, len(content), 1000):
            target.write(content[start : start + 1000])
        target.finish()
        storage.keep(file_id)
        return storage.path_of(file_id)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_000])
def test_every_byte_comes_back(street: HallRef, size: int) -> None:
    content = (CANARY * (size // len(CANARY) + 1))[:size]
    path = written(street, content)

    with hall(street):
        reader = Reader(UUID(path.name), KEY, size)
        middle = io.BufferedReader(reader)
        middle.seek(size // 2)
        half = middle.read()
        whole = b"".join(Reader(UUID(path.name), KEY, size).pieces())

    assert (half, whole) == (content[size // 2 :], content)
    assert CANARY not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("wound", ["turned", "cut", "swapped", "longer"])
def test_a_changed_file_does_not_open(street: HallRef, wound: str) -> None:
    """A piece that was turned, cut off, moved or added is found out (GB/T 39786 8.4 g)."""
    size = 3 * PIECE
    path = written(street, b"x" * size)
    raw, sealed = path.read_bytes(), PIECE + 29
    path.write_bytes(
        {
            "turned": raw[:99] + bytes([raw[99] ^ 1]) + raw[100:],
            "cut": raw[: 2 * sealed],
            "swapped": raw[sealed : 2 * sealed] + raw[:sealed] + raw[2 * sealed :],
            "longer": raw[:sealed] + raw,
        }[wound]
    )

    with hall(street), pytest.raises(CannotOpen):
        list(Reader(UUID(path.name), KEY, size).pieces())


def test_another_halls_file_does_not_open(street: HallRef, district: HallRef) -> None:
    path = written(street, CANARY)
    with hall(district):
        elsewhere = storage.path_of(UUID(path.name))
        elsewhere.parent.mkdir(parents=True, exist_ok=True)
        elsewhere.write_bytes(path.read_bytes())

        with pytest.raises(CannotOpen):
            list(Reader(UUID(path.name), KEY, len(CANARY)).pieces())


@pytest.mark.django_db
def test_neither_name_nor_content_is_readable_anywhere(street: HallRef) -> None:
    """security.md §4.1: sealed in the row, sealed on the disk, and under the hall's own folder."""
    team = Team(street)
    case = team.registered()

    with hall(street):
        row = attached("case", case.id, "林晓雨身份证.txt", CANARY * 9, by=team.desk)
        assert queries.name_of(row) == "林晓雨身份证.txt"
        path = storage.path_of(row.id)

    assert "林晓雨".encode() not in bytes(row.name)
    assert CANARY not in path.read_bytes()
    assert path.parent == Path(settings.FILES) / street.schema_name / "attachments"


@pytest.mark.django_db
def test_what_nobody_names_is_swept_after_an_hour(
    street: HallRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken upload leaves nothing; what a row names stays."""
    team = Team(street)
    case = team.registered()
    orphan = written(street, CANARY)
    with hall(street):
        row = attached("case", case.id, "x.txt", CANARY, by=team.desk)
        with Writer(ids.new_id(), KEY) as part:
            part.write(CANARY)
        young = sweeping.sweep()
        monkeypatch.setattr(sweeping, "_AN_HOUR", -1.0)
        old = sweeping.sweep()
        left = storage.path_of(row.id)

    assert young == 0
    assert old >= 2
    assert (orphan.exists(), left.exists()) == (False, True)
    assert not list(orphan.parent.glob("*.part"))
