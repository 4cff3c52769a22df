"""C-34: visits are counted across halls, and nothing but a number comes back."""

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection

from bancheng.city.visits import counting
from bancheng.city.visits.counting import Person
from bancheng.kernel import ids, keyring
from bancheng.kernel.hall import HallRef, hall

pytestmark = pytest.mark.django_db

LIN = Person("19900001234", "11010119900307283X")
ITEM = "YJ-MZ-01"


def came(ref: HallRef, person: Person = LIN, item: str = ITEM, visit: UUID | None = None) -> UUID:
    visit = visit or ids.new_id()
    with hall(ref):
        counting.add(visit=visit, person=person, item=item)
    return visit


def known(ref: HallRef, person: Person = LIN, item: str = ITEM, but: UUID | None = None) -> int:
    with hall(ref):
        return counting.known(person=person, item=item, days=365, but=but)


def test_a_visit_to_one_hall_is_known_to_the_others(
    street: HallRef, other_street: HallRef, district: HallRef
) -> None:
    """C-34: two halls were visited; a third knows of two."""
    came(street)
    came(other_street)

    assert [known(ref) for ref in (street, other_street, district)] == [2, 2, 2]


def test_either_phone_or_id_number_is_enough(street: HallRef, other_street: HallRef) -> None:
    """C-34: the old phone, then the ID card: the same person."""
    came(street)

    assert known(other_street, Person(phone=LIN.phone)) == 1
    assert known(other_street, Person(id_number=LIN.id_number)) == 1
    assert known(other_street, Person("13800000000", LIN.id_number)) == 1
    assert known(other_street, Person("13800000000")) == 0
    assert known(other_street, Person()) == 0


def test_another_item_is_another_count(street: HallRef) -> None:
    """C-34: counted per person and item; without an item all of them."""
    came(street)
    came(street, item="YJ-GA-01")

    assert (known(street), known(street, item="")) == (1, 2)


def test_a_visit_is_noted_once_and_can_be_left_out(street: HallRef) -> None:
    """C-34: registering after receiving does not count twice."""
    visit = came(street)
    came(street, visit=visit)

    assert (known(street), known(street, but=visit)) == (1, 0)


def test_a_forgotten_visit_counts_for_nobody(street: HallRef, stranger: HallRef) -> None:
    """C-13: it led to a sealed file; a hall of another network cannot make it forgotten."""
    visit = came(street)
    with hall(stranger):
        counting.take_back(visit)
    before = known(street)
    with hall(street):
        counting.take_back(visit)

    assert (before, known(street)) == (1, 0)


def test_another_network_knows_nothing(street: HallRef, stranger: HallRef) -> None:
    """C-34, design.md §2: nothing crosses from one network to another."""
    came(street)

    assert known(stranger) == 0


def test_a_key_stolen_into_another_network_matches_nothing(
    street: HallRef, stranger: HallRef
) -> None:
    """The function takes the network from the session's role, whatever it is asked for."""
    came(street)
    with hall(street):
        stolen = keyring.network_index(f"visit|phone|{LIN.phone}")

    with hall(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT visit_count(NULL, %s, NULL, '', '2020-01-01')", [stolen])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM visits_visit",
        "SELECT phone FROM visits_visit LIMIT 1",
        "INSERT INTO visits_visit (id, network_id, item, month)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), '', '2026-01-01')",
        "UPDATE visits_visit SET item = ''",
        "DELETE FROM visits_visit",
    ],
)
def test_a_hall_can_neither_read_nor_list_nor_change_visits(
    street: HallRef, statement: str
) -> None:
    """C-34, security.md §4.2: counts only, never rows."""
    came(street)

    with (
        hall(street),
        pytest.raises(ProgrammingError, match="permission denied"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_nobody_in_particular_may_not_even_count() -> None:
    """Outside of a hall there is no right to ask."""
    with (
        hall(None),
        pytest.raises(ProgrammingError, match="permission denied"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT visit_count(NULL, NULL, NULL, '', '2020-01-01')")


def test_the_networks_key_is_nobodys_hall_key(
    street: HallRef, other_street: HallRef, stranger: HallRef
) -> None:
    """security.md §4.2: hall keys stay separate; only the network's key is shared."""
    halls, networks = [], []
    for ref in (street, other_street, stranger):
        with hall(ref):
            halls.append(keyring.keys().blind_index("x"))
            networks.append(keyring.network_index("x"))

    assert len({*halls, *networks}) == 5
    assert networks[0] == networks[1]
