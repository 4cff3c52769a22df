"""What the person says on the tracking page, in the history of the case (peers.md §8 item 9)."""

from uuid import UUID

from django.db import transaction

from apps.cases import tracking
from apps.cases.errors import StepNotAllowed
from apps.cases.models import Case
from apps.cases.services import pausing
from apps.cases.services.clocks import Clocks
from apps.cases.services.moving import Line, move
from apps.notices import services as notices
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound


@transaction.atomic
def hear(*, case_id: UUID, text: str, by: Actor) -> Case:
    """The person writes to whoever handles the case; the caller has checked number and code. A
    clock that waited for them runs on.

    Raises NotFound (also for a sealed file, which has ways of its own), StepNotAllowed.
    """
    case = Case.objects.select_for_update().filter(id=case_id).order_by("id").first()
    if case is None:
        raise NotFound
    if not tracking.hears(case):
        raise StepNotAllowed(state=case.state, step=tracking.SAID, allowed=[])
    clocks = Clocks.of(case)
    runs_on = pausing.answered(case, clocks, "portal")
    note = notices.Note(f"cases.{tracking.SAID}", "case", case.id, case.number)
    whom = notices.To(unit=case.lead_unit, posts=[case.first_responder_post])
    notices.tell(note, to=whom, by=by)
    return move(case, [*runs_on, Line(tracking.SAID, None, text.strip())], by, clocks=clocks)
