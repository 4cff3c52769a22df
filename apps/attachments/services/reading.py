"""Giving a file's bytes out leaves a trace, whoever reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.attachments import permissions, queries
from apps.attachments.errors import NotAvailable
from apps.attachments.rules import KINDS, RELEASED, Kind
from apps.attachments.services.adding import record
from bancheng.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Content:
    """Name, kind and bytes of a file."""

    name: str
    kind: Kind
    size: int
    pieces: Iterator[bytes]


@transaction.atomic
def read(*, file_id: UUID, by: Actor) -> Content:
    """A released file; the audit entry is written before the first byte leaves.

    Raises NotFound, Forbidden, NotAvailable (also while it waits for the scanner).
    """
    row = permissions.seen(file_id, by)
    if row.state not in RELEASED:
        raise NotAvailable(state=row.state)
    record("read", row, by)
    pieces = queries.bytes_of(row)
    return Content(queries.name_of(row), KINDS[row.kind], row.size, pieces)
