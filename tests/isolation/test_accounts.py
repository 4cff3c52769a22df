"""Accounts are the network's; a hall's role sees and changes those it knows, and no other."""

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection

from bancheng.city.identity import accounts
from bancheng.city.identity.accounts import UsernameTaken
from bancheng.city.identity.models import Account, Membership
from bancheng.kernel.hall import HallRef, hall

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def account(street: HallRef) -> UUID:
    with hall(street):
        return accounts.register(username="wang.fang", password=PASSWORD)


def test_a_hall_knows_its_own_accounts(street: HallRef, account: UUID) -> None:
    with hall(street):
        assert accounts.find("wang.fang") == account
        assert accounts.check("wang.fang", PASSWORD) == account
        assert accounts.check("wang.fang", "wrong") is None
        assert PASSWORD not in Account.objects.get().password


@pytest.mark.parametrize("elsewhere", ["other_street", "district", "stranger"])
def test_another_hall_sees_and_changes_nothing_of_them(
    account: UUID, elsewhere: str, request: pytest.FixtureRequest
) -> None:
    with hall(request.getfixturevalue(elsewhere)):
        found = accounts.find("wang.fang"), accounts.check("wang.fang", PASSWORD)
        rows = Account.objects.count(), Membership.objects.count()
        changed = Account.objects.filter(id=account).update(password="stolen")

    assert (found, rows, changed) == ((None, None), (0, 0), 0)


def test_a_hall_that_was_joined_knows_the_account_too(
    street: HallRef, other_street: HallRef, account: UUID
) -> None:
    with hall(other_street):
        accounts.join(account)
        accounts.join(account)

        assert accounts.check("wang.fang", PASSWORD) == account
        assert Membership.objects.count() == 1


def test_nobody_joins_a_hall_in_another_halls_name(
    street: HallRef, other_street: HallRef, account: UUID
) -> None:
    forged = Membership(account_id=account, hall_id=other_street.id, hall_role=other_street.role)

    with hall(street), pytest.raises(ProgrammingError, match="row-level security"):
        Membership.objects.bulk_create([forged])


def test_a_name_is_given_once_in_a_network_and_again_in_another(
    other_street: HallRef, stranger: HallRef, account: UUID
) -> None:
    with hall(other_street), pytest.raises(UsernameTaken):
        accounts.register(username="wang.fang", password=PASSWORD)
    with hall(stranger):
        assert accounts.register(username="wang.fang", password=PASSWORD) != account


def test_an_account_of_another_network_cannot_be_made(street: HallRef, stranger: HallRef) -> None:
    foreign = Account(network_id=stranger.network_id, username="x", password="x")

    with hall(street), pytest.raises(ProgrammingError, match="row-level security"):
        Account.objects.bulk_create([foreign])


@pytest.mark.parametrize(
    "attempt",
    [
        "DELETE FROM identity_account",
        "UPDATE identity_account SET network_id = gen_random_uuid()",
        "UPDATE identity_account SET username = 'x'",
        "UPDATE identity_membership SET hall_role = 'x'",
    ],
)
def test_even_known_accounts_are_neither_moved_nor_deleted(
    street: HallRef, account: UUID, attempt: str
) -> None:
    with hall(street), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(attempt)


def test_a_hall_does_not_join_an_account_of_another_network(
    stranger: HallRef, account: UUID
) -> None:
    with hall(stranger), pytest.raises(ProgrammingError):
        accounts.join(account)
