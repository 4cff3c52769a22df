"""Identifiers: in order, opaque, and without a count inside (RFC 9562 §5.7)."""

import re
from uuid import UUID

from freezegun import freeze_time

from bancheng.kernel import ids


def test_an_id_is_a_version_7_uuid_that_begins_with_its_time() -> None:
    """RFC 9562 A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0 ms."""
    with freeze_time("2022-02-22T19:22:22Z"):
        made = ids.new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.hex[:12] == "017f22e279b0"


def test_ids_of_later_moments_come_later() -> None:
    made: list[UUID] = []
    for second in range(10):
        with freeze_time(f"2026-11-22T09:00:0{second}Z"):
            made.append(ids.new_id())

    assert made == sorted(made)


def test_ids_of_one_moment_differ() -> None:
    with freeze_time("2026-11-22T09:00:00Z"):
        assert len({ids.new_id() for _ in range(10_000)}) == 10_000


def test_a_tracking_code_is_six_digits_even_when_small() -> None:
    assert {bool(re.fullmatch(r"\d{6}", ids.tracking_code())) for _ in range(500)} == {True}
    assert len({ids.tracking_code() for _ in range(500)}) > 400


def test_a_schema_name_is_opaque_and_fits_the_backends_rule() -> None:
    assert re.fullmatch(r"h_[0-9a-f]{10}", ids.schema_name())


def test_a_token_holds_256_bits() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", ids.token())
