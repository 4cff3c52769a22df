"""Writing letters and the lines under them, in the caller's transaction and as its own hall."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection

from bancheng.city.exchange import enclosed
from bancheng.city.exchange.contents import Contact, Matter
from bancheng.city.exchange.enclosed import Enclosed
from bancheng.city.exchange.errors import AlreadyDecided, NotReachable
from bancheng.city.exchange.kinds import DECISIONS, Direction, EventKind
from bancheng.city.exchange.models import Letter, LetterEvent
from bancheng.kernel import ids, keyring
from bancheng.kernel.database import records
from bancheng.kernel.errors import NotFound
from bancheng.kernel.hall import HallRef, hall, here
from tenants import directory

_TABLE = "exchange_letter"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be sent. `promised_on` is the day promised to the citizen, `files` go along."""

    to_hall: UUID
    case_id: UUID
    case_number: str
    reason: str
    purpose: str
    legal_basis: str
    matter: Matter
    contact: Contact | None
    promised_on: date
    accept_due_at: datetime
    direction: Direction = Direction.UP
    files: tuple[Enclosed, ...] = ()


def send(draft: Draft) -> UUID:
    """Put a letter into another hall's box; its id. Raises NotReachable.

    It exists exactly when the caller's transaction commits.
    """
    receiver, mine = addressee(draft.to_hall), here()
    letter_id = ids.new_id()
    sent = Letter(
        id=letter_id,
        network_id=mine.network_id,
        direction=draft.direction,
        from_hall=mine.id,
        from_role=mine.role,
        from_name=mine.name,
        to_hall=receiver.id,
        to_role=receiver.role,
        to_name=receiver.name,
        case_id=draft.case_id,
        case_number=draft.case_number,
        reason=draft.reason,
        purpose=draft.purpose,
        legal_basis=draft.legal_basis,
        payload=draft.matter.as_json(),
        contact=_sealed(draft.contact, letter_id),
        promised_on=draft.promised_on,
        accept_due_at=draft.accept_due_at,
    )
    records.insert([sent])
    _write(letter_id, 1, EventKind.SENT, "", enclosed.sealed(letter_id, 1, draft.files))
    return letter_id


def addressee(hall_id: UUID) -> HallRef:
    """The hall a letter can be sent to: another one of this network; raises NotReachable."""
    try:
        found = directory.by_id(hall_id)
    except NotFound:
        raise NotReachable(hall=str(hall_id)) from None
    if found.network_id != here().network_id or found.id == here().id:
        raise NotReachable(hall=str(hall_id))
    return found


def add(
    letter_id: UUID,
    kind: EventKind,
    *,
    note: str = "",
    data: Mapping[str, Any],
    files: Sequence[Enclosed] = (),
) -> int:
    """Write a line under a letter; its number. A second decision raises AlreadyDecided.

    Callers hold a lock of their own (their case) or write the decision, so numbers do not race;
    the refusal rolls the caller's transaction back.
    """
    last = _last(letter_id)
    if kind in DECISIONS and last != 1:
        raise AlreadyDecided
    try:
        told = dict(data) | enclosed.sealed(letter_id, last + 1, files)
        _write(letter_id, last + 1, kind, note, told)
    except IntegrityError:
        raise AlreadyDecided from None
    return last + 1


def _last(letter_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(seq) FROM exchange_letterevent WHERE letter_id = %s", [letter_id]
        )
        return int(cursor.fetchone()[0] or 0)


def contact_of(letter_id: UUID) -> Contact | None:
    """Whom to contact, when that travelled. Only this hall's letters can be asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM exchange_letter WHERE id = %s", [letter_id])
        found = cursor.fetchone()
    if found is None:
        raise Letter.DoesNotExist
    if found[0] is None:
        return None
    with hall(None):
        keys = keyring.keys()
    return Contact(
        **json.loads(keys.open(bytes(found[0]), table=_TABLE, column="contact", row=letter_id))
    )


def _sealed(contact: Contact | None, letter_id: UUID) -> bytes | None:
    if contact is None:
        return None
    plain = json.dumps({"name": contact.name, "phone": contact.phone}, ensure_ascii=False)
    with hall(None):
        keys = keyring.keys()
    return keys.seal(plain, table=_TABLE, column="contact", row=letter_id)


def _write(letter_id: UUID, seq: int, kind: EventKind, note: str, data: Mapping[str, Any]) -> None:
    mine = here()
    plain = json.loads(json.dumps(dict(data), cls=DjangoJSONEncoder))
    event = LetterEvent(
        letter_id=letter_id,
        seq=seq,
        kind=kind,
        by_hall=mine.id,
        by_role=mine.role,
        by_name=mine.name,
        note=note,
        data=plain,
    )
    records.insert([event])
