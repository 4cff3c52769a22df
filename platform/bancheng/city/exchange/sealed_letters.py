"""A file about conduct that nobody in its own hall may handle goes to the hall above, sealed.

It lies beside the ordinary mailbox: no box, count or line of letters knows of it, and the sending
hall cannot read it back (security.md “Retaliation”).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from bancheng.city.exchange.errors import NotReachable
from bancheng.city.exchange.models import SealedLetter
from bancheng.kernel import clock, ids, keyring
from bancheng.kernel.hall import hall, here
from tenants import directory

_TABLE = "exchange_sealedletter"


@dataclass(frozen=True, slots=True)
class SealedPaper:
    """A file that goes up: under which id and key its bytes lie sealed in which hall. The key is
    nowhere but in the letter."""

    hall: str
    id: str
    key: str
    name: str
    kind: str
    size: int
    personal: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the hall above needs: the words, the person, whom it is about, the files."""

    title: str
    detail: str
    want: str
    person: Mapping[str, str]
    accused: str
    facts: tuple[str, ...]
    tags: tuple[str, ...]
    reason: str
    papers: tuple[SealedPaper, ...] = ()


def send_up(contents: Contents) -> tuple[UUID, UUID]:
    """Put it into the hands of the hall above, in the caller's transaction: the letter's id and
    the hall's. Raises NotReachable where none stands above."""
    return seal("conduct", json.dumps(asdict(contents), ensure_ascii=False))


def take(letter_id: UUID) -> tuple[str, Contents] | None:
    """The name of the hall it came from and what it says, once; None when it was taken before."""
    row = taken("conduct", letter_id)
    if row is None:
        return None
    said = json.loads(opened(row))
    lists = {name: tuple(said[name]) for name in ("facts", "tags")}
    papers = tuple(SealedPaper(**one) for one in said.get("papers", ()))
    return row.from_name, Contents(**said | lists | {"papers": papers})


def waiting(kind: str = "conduct") -> list[UUID]:
    """What was sent to this hall and not taken yet; what a lost message left behind."""
    rows = SealedLetter.objects.filter(kind=kind, taken_at=None).order_by("sent_at", "id")
    return list(rows.values_list("id", flat=True)[:100])


def seal(kind: str, plain: str) -> tuple[UUID, UUID]:
    """A sealed letter of a kind to the hall above: its id and the hall's; raises NotReachable."""
    mine = here()
    if mine.parent_id is None:
        raise NotReachable(hall=str(mine.id))
    above, letter_id = directory.by_id(mine.parent_id), ids.new_id()
    with hall(None):
        body = keyring.keys().seal(plain, table=_TABLE, column="body", row=letter_id)
    SealedLetter.objects.bulk_create(
        [
            SealedLetter(
                id=letter_id,
                network_id=mine.network_id,
                from_hall=mine.id,
                from_role=mine.role,
                from_name=mine.name,
                to_hall=above.id,
                to_role=above.role,
                kind=kind,
                body=body,
            )
        ]
    )
    return letter_id, above.id


def taken(kind: str, letter_id: UUID) -> SealedLetter | None:
    """The letter, locked and marked as taken; None when there is none or it was taken before."""
    rows = SealedLetter.objects.select_for_update().filter(kind=kind, taken_at=None)
    row = rows.filter(id=letter_id).first()
    if row is not None:
        row.taken_at = clock.now()
        row.save(update_fields=["taken_at"])
    return row


def opened(row: SealedLetter) -> str:
    """What it says."""
    with hall(None):
        keys = keyring.keys()
    return keys.open(bytes(row.body), table=_TABLE, column="body", row=row.id)
