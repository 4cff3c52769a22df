"""Registering accounts and checking passwords, under the hall of the moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import hashers
from django.db import IntegrityError, connection, transaction

from bancheng.city.identity import passwords
from bancheng.city.identity.models import Account, Membership
from bancheng.city.identity.passwords import Policy
from bancheng.kernel import clock, ids
from bancheng.kernel.errors import NotFound, Refusal
from bancheng.kernel.hall import here


class UsernameTaken(Refusal):
    """Somebody of the network has this name."""

    code = "identity.username_taken"


class WrongPassword(Refusal):
    """The password one has is asked for before it becomes another, and this is not it."""

    code = "password.wrong"
    status = 422


class SharedAccount(Refusal):
    """Other halls know this account too: none of them alone gives it another password."""

    code = "identity.shared_account"


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with an account's password: since when, and whether it opens anything."""

    username: str
    must_change: bool
    changed_at: datetime


class Hashed(str):
    """A password that was hashed before, for taking over many accounts at once."""


def hashed(password: str) -> Hashed:
    """The stored form of a password (scrypt)."""
    return Hashed(hashers.make_password(password))


@transaction.atomic
def register(*, username: str, password: str | Hashed, must_change: bool = False) -> UUID:
    """Make an account that this hall knows; its id. Only the password's hash is stored.

    `must_change`: somebody else knows the password, so the person chooses another one first.
    Raises UsernameTaken, also for a name that only another hall of the network knows.
    """
    ref = here()
    stored = password if isinstance(password, Hashed) else hashed(password)
    account = Account(
        id=ids.new_id(),
        network_id=ref.network_id,
        username=username,
        password=stored,
        must_change=must_change,
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


def standing(account_id: UUID) -> Standing:
    """How it stands with the password of an account this hall knows; raises NotFound."""
    fields = ("username", "must_change", "changed_at")
    row = Account.objects.filter(id=account_id).values_list(*fields).first()
    if row is None:
        raise NotFound
    return Standing(*row)


@transaction.atomic
def change_password(*, account_id: UUID, old: str, new: str, asked: Policy) -> None:
    """Take another password for one's own account; raises WrongPassword, WeakPassword."""
    account = _locked(account_id)
    if not hashers.check_password(old, account.password):
        raise WrongPassword
    before = [account.password, *account.earlier]
    passwords.require_good(new, asked, username=account.username, earlier=before)
    account.earlier = before[: asked.remembered]
    _store(account, hashed(new), must_change=False)


@transaction.atomic
def give_one_time(account_id: UUID) -> str:
    """A password made by the machine, told this once, that only opens its own change.

    Raises SharedAccount for one that another hall knows too.
    """
    made = passwords.one_time()
    take_one_time(account_id, hashed(made))
    return made


def is_shared(account_id: UUID) -> bool:
    """Whether another hall knows this account too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_halls(%s)", [account_id])
        return bool(cursor.fetchone()[0] > 1)


@transaction.atomic
def take_one_time(account_id: UUID, made: Hashed) -> None:
    """The same with a password that was made and told elsewhere: only its hash comes here."""
    account = _locked(account_id)
    if is_shared(account_id):
        raise SharedAccount
    account.earlier = [account.password, *account.earlier]
    _store(account, made, must_change=True)


def _locked(account_id: UUID) -> Account:
    account = Account.objects.select_for_update().filter(id=account_id).first()
    if account is None:
        raise NotFound
    return account


def _store(account: Account, password: Hashed, *, must_change: bool) -> None:
    account.password, account.must_change = password, must_change
    account.changed_at, account.earlier = clock.now(), account.earlier[:20]
    account.save(
        update_fields=["password", "must_change", "changed_at", "earlier"], force_update=True
    )
