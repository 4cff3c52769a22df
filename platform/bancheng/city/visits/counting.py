"""Adding a visit and asking how many there were; persons are keyed before they leave the hall."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from bancheng.kernel import clock, keyring

LONGEST = 99
"""More visits than this are told as this many."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to count, normalised: a phone's digits, an ID number in upper case without blanks."""

    phone: str = ""
    id_number: str = ""

    def __bool__(self) -> bool:
        return bool(self.phone or self.id_number)


def add(*, visit: UUID, person: Person, item: str) -> None:
    """Note a visit of today, once; nobody in particular is not noted."""
    if not person:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT visit_add(%s, %s, %s, %s, %s)",
            [visit, *_keys(person), item, clock.today().replace(day=1)],
        )


def add_and_count(*, visit: UUID, person: Person, item: str, days: int) -> int:
    """Note a visit of today, and say how many were `known` before it; in one statement."""
    if not person:
        return 0
    keys, today = _keys(person), clock.today()
    sql = "SELECT visit_count(%s, %s, %s, %s, %s), visit_add(%s, %s, %s, %s, %s)"
    count = [visit, *keys, item, _since(days)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*count, visit, *keys, item, today.replace(day=1)])
        return int(cursor.fetchone()[0])


def take_back(visit: UUID) -> None:
    """Count a visit no longer: its matter is sealed, and nobody is to learn of it by numbers
    (C-13)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT visit_take_back(%s)", [visit])


def known(*, person: Person, item: str, days: int, but: UUID | None = None) -> int:
    """Visits of a person with an item (any, when empty) in the network since the month that lies
    `days` back, without the visit `but`."""
    if not person:
        return 0
    return _count(but, person, item, _since(days))


def _since(days: int) -> date:
    return (clock.today() - timedelta(days=days)).replace(day=1)


def _count(but: UUID | None, person: Person, item: str, since: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT visit_count(%s, %s, %s, %s, %s)", [but, *_keys(person), item, since])
        return int(cursor.fetchone()[0])


def _keys(person: Person) -> tuple[bytes | None, bytes | None]:
    """The two hashes under the network's key; null matches nothing."""
    named = (("phone", person.phone), ("id", person.id_number))
    phone, ident = (
        keyring.network_index(f"visit|{kind}|{value}") if value else None for kind, value in named
    )
    return phone, ident
