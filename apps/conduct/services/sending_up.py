"""When nobody in the hall may handle a file, the hall above does (C-13)."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from apps.attachments.services import going_up
from apps.cases.reading import sealed_file
from apps.cases.services import sealing
from apps.cases.services.sealing import Person
from apps.conduct.details import Named
from apps.conduct.errors import NobodyLeft, NoHallAbove
from apps.conduct.events import FileSentUp
from apps.conduct.models import ConductFile
from apps.conduct.rules import Step
from apps.conduct.services import identity
from apps.conduct.services.writing import save, take
from bancheng.city.exchange import sealed_letters
from bancheng.city.exchange.sealed_letters import Contents, SealedPaper
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import here
from bancheng.services.outbox import queue as outbox


@transaction.atomic
def send_up(*, file_id: UUID, version: int, reason: str, by: Actor) -> ConductFile:
    """Hand a file that was not found yet to the hall above, with what lies under it; here only its
    number stays.

    Raises NoHallAbove, and what `take` raises.
    """
    held = take(file_id, version, Step.SEND_UP, by)
    if here().parent_id is None:
        raise NoHallAbove
    papers = going_up.give_away([held.file.id], ("conduct", held.file.id))
    send(held.file, held.case, identity.whole(held.file), reason, papers)
    identity.destroy(held.file)
    file = save(held, by, note=reason, detail=Named("hall_above"))
    sealing.encircle(held.case, ())
    return file


def send(
    file: ConductFile,
    case: sealing.Case,
    person: Person,
    reason: str,
    papers: Sequence[SealedPaper],
) -> None:
    """Seal everything into a letter, in the caller's transaction; raises NobodyLeft where no hall
    stands above."""
    if here().parent_id is None:
        raise NobodyLeft
    accused = "、".join(
        [str(one["name"]) for one in file.accused] + [file.others] * bool(file.others)
    )
    words = sealed_file.told(case)
    letter, above = sealed_letters.send_up(
        Contents(
            title=words.title,
            detail=words.detail,
            want=words.want,
            person={name: str(value) for name, value in asdict(person).items()},
            accused=accused,
            facts=tuple(file.facts),
            tags=tuple(file.tags),
            reason=reason,
            papers=tuple(papers),
        )
    )
    outbox.publish(FileSentUp(letter_id=letter, to_hall=above))


def received(letter_id: UUID) -> tuple[str, Contents] | None:
    """What a hall below has sent, once."""
    return sealed_letters.take(letter_id)
