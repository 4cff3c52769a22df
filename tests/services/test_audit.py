"""The audit chain: complete, in order, and no edit goes unnoticed (security.md §4.3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction

from bancheng.kernel import clock, crypto, keyring
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.audit.models import AuditEntry

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
CASE = UUID("019b0000-0000-7000-8000-000000000001")


def record(times: int = 1, **detail: Any) -> None:
    for _ in range(times):
        chain.record("case.signed", subject="case", subject_id=CASE, by=SYSTEM, detail=detail)


@pytest.mark.django_db
class TestAppending:
    def test_an_empty_chain_is_whole(self, street: HallRef) -> None:
        with hall(street):
            assert chain.verify() == chain.Verdict(0, None, "00" * 32)

    def test_the_seal_is_hmac_sm3_over_what_came_before(self, street: HallRef) -> None:
        """security.md §4.3: HMAC-SM3(hall audit key, prev.mac | seq | at | canonical body)."""
        body = (
            '{"action":"case.signed","by":{"account":null,"kind":"system","post":null},'
            '"detail":{"reason":"材料"},"subject":"case",'
            '"subject_id":"019b0000-0000-7000-8000-000000000001"}'
        )
        parts = [b"1", b"2026-11-23T01:30:00.000000+00:00", body.encode()]

        with hall(street), clock.frozen(AT):
            record(reason="材料")
            key = keyring.keys().audit
            seal = bytes(AuditEntry.objects.get(seq=1).mac)
            head = chain.verify().head

        assert seal == crypto.mac(key, b"\0" * 32, *parts)
        assert head == seal.hex()

    def test_an_entry_says_who_by_ids_and_never_by_name(self, street: HallRef) -> None:
        by = Actor(kind="person", name="王芳", account_id=UUID(int=1), post_id=UUID(int=2))

        with hall(street):
            chain.record("case.closed", subject="case", subject_id=CASE, by=by)
            body = AuditEntry.objects.get().body

        assert body["by"] == {
            "kind": "person",
            "account": str(UUID(int=1)),
            "post": str(UUID(int=2)),
        }
        assert "王芳" not in str(body)

    def test_a_long_chain_is_whole_and_numbered_without_gaps(self, street: HallRef) -> None:
        with hall(street):
            record(30, numbers=[1, 2.5, None, True], text="“办不成事”")

            assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == [
                *range(1, 31)
            ]
            assert (chain.verify().entries, chain.verify().broken_at) == (30, None)

    def test_what_was_rolled_back_was_never_recorded(self, street: HallRef) -> None:
        with hall(street):
            record()
            with transaction.atomic():
                record()
                transaction.set_rollback(True)
            record()

            assert (chain.verify().entries, chain.verify().broken_at) == (2, None)

    def test_every_hall_has_a_chain_of_its_own(
        self, street: HallRef, other_street: HallRef
    ) -> None:
        with hall(street):
            record(3)
        with hall(other_street):
            assert chain.verify().entries == 0

    def test_an_entry_of_another_hall_does_not_fit(
        self, street: HallRef, other_street: HallRef
    ) -> None:
        with hall(street):
            record()
            entry = AuditEntry.objects.get()
        with hall(other_street):
            AuditEntry.objects.bulk_create([entry])

            assert chain.verify().broken_at == 1

    @pytest.mark.parametrize(
        "attempt",
        [
            "UPDATE audit_auditentry SET body = '{}'",
            "DELETE FROM audit_auditentry",
            "TRUNCATE audit_auditentry",
            "ALTER TABLE audit_auditentry ADD COLUMN x int",
            "DROP TABLE audit_auditentry",
        ],
    )
    def test_the_hall_itself_can_only_append(self, street: HallRef, attempt: str) -> None:
        with hall(street):
            record(2)
            with (
                pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attempt)

            assert (chain.verify().entries, chain.verify().broken_at) == (2, None)


@pytest.mark.parametrize(
    ("edit", "whole", "broken_at"),
    [
        ("UPDATE {t} SET body = jsonb_set(body, '{{action}}', '\"x\"') WHERE seq = 3", 2, 3),
        ("UPDATE {t} SET at = at + interval '1 microsecond' WHERE seq = 3", 2, 3),
        ("UPDATE {t} SET mac = set_byte(mac, 0, 255 - get_byte(mac, 0)) WHERE seq = 3", 2, 3),
        ("DELETE FROM {t} WHERE seq = 3", 2, 4),
        ("DELETE FROM {t} WHERE seq = 1", 0, 2),
        ("UPDATE {t} SET seq = 9 WHERE seq = 5", 4, 9),
        ("INSERT INTO {t} SELECT 6, at, body, mac FROM {t} WHERE seq = 5", 5, 6),
    ],
    ids=["body", "time", "seal", "removed", "first removed", "renumbered", "added"],
)
def test_a_superusers_edit_is_found_where_it_was_made(
    street: HallRef, superuser: psycopg.Connection[Any], edit: str, whole: int, broken_at: int
) -> None:
    with hall(street):
        record(5)
    superuser.execute(edit.format(t=f"{street.schema_name}.audit_auditentry").encode())

    with hall(street):
        verdict = chain.verify()

    assert (verdict.entries, verdict.broken_at) == (whole, broken_at)


def test_a_cut_tail_shows_only_in_the_head(
    street: HallRef, superuser: psycopg.Connection[Any]
) -> None:
    with hall(street):
        record(4)
        fourth = chain.verify().head
        record()
        head_before = chain.verify().head
    superuser.execute(f"DELETE FROM {street.schema_name}.audit_auditentry WHERE seq = 5".encode())

    with hall(street):
        verdict = chain.verify()

    assert (verdict.entries, verdict.broken_at, verdict.head) == (4, None, fourth)
    assert verdict.head != head_before


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("around", [transaction.atomic, None], ids=["in a transaction", "alone"])
def test_writers_at_once_keep_one_chain(
    street: HallRef, around: Callable[[Callable[[], None]], Callable[[], None]] | None
) -> None:
    one = around(record) if around else record

    def write(_: int) -> None:
        try:
            with hall(street):
                for _ in range(5):
                    one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    with hall(street):
        assert (chain.verify().entries, chain.verify().broken_at) == (40, None)
