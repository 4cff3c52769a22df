"""Registering accounts and checking passwords, under the hall of the moment."""

from uuid import UUID

from django.contrib.auth import hashers
from django.db import IntegrityError, transaction

from bancheng.city.identity.models import Account, Membership
from bancheng.kernel import ids
from bancheng.kernel.errors import Refusal
from bancheng.kernel.hall import here


class UsernameTaken(Refusal):
    """Somebody of the network has this name."""

    code = "identity.username_taken"


class Hashed(str):
    """A password that was hashed before, for taking over many accounts at once."""


def hashed(password: str) -> Hashed:
    """The stored form of a password (scrypt)."""
    return Hashed(hashers.make_password(password))


@transaction.atomic
def register(*, username: str, password: str | Hashed) -> UUID:
    """Make an account that this hall knows; its id. Only the password's hash is stored.

    Raises UsernameTaken, also for a name that only another hall of the network knows.
    """
    ref = here()
    stored = password if isinstance(password, Hashed) else hashed(password)
    account = Account(
        id=ids.new_id(), network_id=ref.network_id, username=username, password=stored
    )
    try:
        with transaction.atomic():
            Account.objects.bulk_create([account])
    except IntegrityError as error:
        raise UsernameTaken(username=username) from error
    join(account.id)
    return account.id


def join(account_id: UUID) -> None:
    """Let this hall know an account of the network."""
    ref = here()
    row = Membership(account_id=account_id, hall_id=ref.id, hall_role=ref.role)
    Membership.objects.bulk_create([row], ignore_conflicts=True)


def find(username: str) -> UUID | None:
    """The account of that name, when this hall knows it."""
    found = Account.objects.filter(network_id=here().network_id, username=username)
    return found.values_list("id", flat=True).first()


def check(username: str, password: str) -> UUID | None:
    """The account whose password this is; unknown names take as long as wrong passwords."""
    account = Account.objects.filter(
        network_id=here().network_id, username=username, active=True
    ).first()
    if account is None:
        hashers.make_password(password)
        return None
    return account.id if hashers.check_password(password, account.password) else None
