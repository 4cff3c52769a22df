"""Files that go along with a referral and with its answer (C-20, design.md §6)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.attachments.services import travelling
from apps.cases.events import FilesSettled
from apps.cases.models import Case
from bancheng.city.exchange.enclosed import Enclosed, ident
from bancheng.city.exchange.queries import Line
from bancheng.kernel.actor import Actor
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox


def going(
    case: Case, wanted: Collection[UUID] | None, by: Actor, *, personal: bool
) -> tuple[Enclosed, ...]:
    """The files of the case, and of the work under it, that go up with it; raises Invalid."""
    return travelling.chosen(("case", case.id), wanted, by=by, personal=personal)


def answering(case: Case, wanted: Collection[UUID] | None, by: Actor) -> tuple[Enclosed, ...]:
    """The files that go back with the answer, if the case came from another hall: what was found
    here, not what that hall has sent. Who applied is known there. Raises Invalid."""
    if case.letter_in is None:
        return ()
    return travelling.chosen(
        ("case", case.id), wanted, by=by, personal=True, without=case.letter_in
    )


def came_with(line: Line, case: Case) -> tuple[Enclosed, ...]:
    """Files of a line of the other hall are on their way to the case; as this hall will have them,
    without those that its policy does not take. The other hall hears of these at once."""
    if not line.files:
        return ()
    told = travelling.expected(
        ("case", case.id), line.files, hall=(line.by_hall, line.by_name), letter=line.letter_id
    )
    publish(told.letter, told.hall, told.files)
    return tuple(
        Enclosed(ident(line.letter_id, one.id), one.name, one.kind, one.size, one.personal)
        for one in line.files
        if one.id not in told.files
    )


def publish(letter_id: UUID, hall_id: UUID, files: Mapping[UUID, str]) -> None:
    """Let the hall that sent these files hear what became of them."""
    if files:
        said = {str(one): how for one, how in files.items()}
        outbox.publish(FilesSettled(letter_id=letter_id, to_hall=hall_id, files=said))


@transaction.atomic
def settled(letter_id: UUID, files: Mapping[str, str]) -> None:
    """What the other hall says became of files of this one; twice is harmless."""
    rows = Case.objects.select_for_update().filter(Q(letter_out=letter_id) | Q(letter_in=letter_id))
    case = rows.order_by("id").first()
    if case is None:
        return
    end = "out" if case.letter_out == letter_id else "in"
    known = case.referral.get(end) or {}
    kept = known | {"files": {**known.get("files", {}), **files}}
    case.referral = {**case.referral, end: kept}
    case.save(update_fields=["referral"])
    live.publish(["referrals"], live.Change("referral.files", letter_id))
