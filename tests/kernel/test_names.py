"""Names that leave the database carry the hall (security.md §2.2)."""

import hashlib

import pytest
from freezegun import freeze_time

from bancheng.kernel import names
from bancheng.kernel.errors import NoHall
from bancheng.kernel.hall import hall
from tests.kernel.refs import A, B, hall_named


def test_a_cache_key_begins_with_the_hall() -> None:
    with hall(A):
        assert names.cache_key("board", "today", 3) == "h_binhe:board:today:3"


def test_a_group_of_one_hall_is_never_that_of_another() -> None:
    """`case_{hall}_{room}` once gave hall1 + 2_5 and hall1_2 + 5 the same name."""
    with hall(hall_named("hall1")):
        first = names.group("case", "2_5")
    with hall(hall_named("hall1_2")):
        second = names.group("case", "5")

    assert first == hashlib.sha256(b"h_hall1\0case\x002_5").hexdigest()
    assert first != second


def test_a_file_lies_in_its_halls_folder() -> None:
    with hall(A):
        assert names.file_path("slips", "a-1.pdf") == "h_binhe/slips/a-1.pdf"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "/etc/passwd", "..\\x", "a\\b", ".hidden", "a\0b"]
)
def test_a_name_that_would_leave_the_folder_is_refused(name: str) -> None:
    with hall(A), pytest.raises(ValueError, match="plain file name"):
        names.file_path("slips", name)


def test_a_signature_opens_in_its_hall_and_for_its_purpose_only() -> None:
    with hall(A):
        signed = names.sign("tracking", "BCS-20261122-0137")
        here = names.unsign("tracking", signed, 60)
        other_purpose = names.unsign("download", signed, 60)
    with hall(B):
        elsewhere = names.unsign("tracking", signed, 60)

    assert (here, other_purpose, elsewhere) == ("BCS-20261122-0137", None, None)


def test_a_changed_value_is_not_a_signature() -> None:
    with hall(A):
        signed = names.sign("tracking", "BCS-20261122-0137")

        assert names.unsign("tracking", signed.replace("0137", "0138"), 60) is None
        assert names.unsign("tracking", "", 60) is None


def test_a_signature_ends_with_its_time() -> None:
    with hall(A):
        with freeze_time("2026-11-22T09:00:00Z"):
            signed = names.sign("tracking", "x")
        with freeze_time("2026-11-22T09:01:00Z"):
            just_in_time = names.unsign("tracking", signed, 60)
        with freeze_time("2026-11-22T09:01:01Z"):
            too_late = names.unsign("tracking", signed, 60)

    assert (just_in_time, too_late) == ("x", None)


def test_no_name_is_made_outside_of_a_hall() -> None:
    makers = [
        lambda: names.cache_key("board"),
        lambda: names.group("case", 1),
        lambda: names.file_path("slips", "a"),
        lambda: names.sign("tracking", "x"),
    ]

    for make in makers:
        with pytest.raises(NoHall):
            make()
