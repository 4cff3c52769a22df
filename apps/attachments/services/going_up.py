"""Files of a sealed file go to the hall above with it, sealed all the way (C-13, C-57).

Their keys leave in the letter that only the hall above opens, so that nobody here reads them any
more from that transaction on. The bytes stay where they lie until that hall has fetched them. It
takes them whatever its policy: there is no other copy.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.attachments import origin as origins
from apps.attachments.models import Attachment
from apps.attachments.origin import Origin
from apps.attachments.rules import State
from apps.attachments.services.travelling import FETCH
from apps.attachments.subjects import Cipher, keeper_of
from bancheng.city.exchange.enclosed import ident
from bancheng.city.exchange.sealed_letters import SealedPaper
from bancheng.kernel import clock, poke
from bancheng.kernel.hall import here


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files that came with a sealed letter, and from which hall by name."""

    letter: UUID
    hall_name: str
    papers: tuple[SealedPaper, ...]


def give_away(old: Collection[UUID], new: tuple[str, UUID]) -> tuple[SealedPaper, ...]:
    """What a sealed letter says of the files under these subjects; here only lines stay, under the
    new subject, without name and key. In the caller's transaction, which has locked both."""
    held = Attachment.objects.select_for_update().filter(subject_id__in=old)
    rows, papers = list(held.order_by("added_at", "id")), []
    for row in rows:
        if row.key is not None:
            papers.append(_paper(row, keeper_of(row.subject).cipher(row.subject_id)))
            row.state, row.key = State.SENT_UP, None
        row.name, row.scan_next_at = b"", None
        row.subject, row.subject_id = new
    columns = ["state", "key", "name", "scan_next_at", "subject", "subject_id"]
    Attachment.objects.bulk_update(rows, columns)
    return tuple(papers)


def _paper(row: Attachment, cipher: Cipher) -> SealedPaper:
    """One that has not arrived here yet is fetched from where it lies."""
    place = origins.of(row.origin) if row.origin and row.state == State.COMING else None
    return SealedPaper(
        hall=str(place.hall if place else here().id),
        id=str(place.file if place else row.id),
        key=cipher.open(bytes(row.key or b""), row.id, "key"),
        name=cipher.open(bytes(row.name), row.id, "name"),
        kind=row.kind,
        size=row.size,
        personal=row.personal,
    )


def take_up(bundle: Bundle, new: tuple[str, UUID]) -> None:
    """The files of a sealed letter are on their way to the file it became, in the same
    transaction."""
    cipher = keeper_of(new[0]).cipher(new[1])
    rows = [_row(one, bundle, new, cipher) for one in bundle.papers]
    Attachment.objects.bulk_create(rows)
    if rows:
        poke.after_commit(FETCH)


def _row(one: SealedPaper, bundle: Bundle, new: tuple[str, UUID], cipher: Cipher) -> Attachment:
    file_id = ident(bundle.letter, UUID(one.id))
    origin = Origin(UUID(one.hall), bundle.hall_name, bundle.letter, UUID(one.id), sealed=True)
    return Attachment(
        id=file_id,
        subject=new[0],
        subject_id=new[1],
        kind=one.kind,
        name=cipher.seal(one.name, file_id, "name"),
        key=cipher.seal(one.key, file_id, "key"),
        size=one.size,
        personal=one.personal,
        state=State.COMING,
        scan_next_at=clock.now(),
        origin=origin.as_json(),
    )


def both(some: Sequence[SealedPaper], bundle: Bundle | None) -> tuple[SealedPaper, ...]:
    """These files, and those of a letter that only passes through this hall."""
    return (*some, *(bundle.papers if bundle else ()))
