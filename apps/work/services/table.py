"""What happens at the table: who was there, what they thought, who signed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from apps.work import permissions
from apps.work.errors import NotAgreed, NothingToSign, NotPresent, SignatureMissing
from apps.work.files import read
from apps.work.meeting_file import Seat
from apps.work.models import Meeting
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid


def seats_of(meeting: Meeting) -> list[Seat]:
    """The units invited, as they stand."""
    return [read(Seat, kept) for kept in meeting.seats]


def _change(meeting: Meeting, fit: Callable[[Seat], Seat]) -> None:
    meeting.seats = [fit(seat).as_json() for seat in seats_of(meeting)]


def hold(meeting: Meeting, said: Any, by: Actor) -> None:
    """Put down who came; a unit that nobody named did not. Raises Invalid for one not invited."""
    came = {one.unit: one for one in said.attendance}
    if not set(came) <= {seat.unit for seat in seats_of(meeting)}:
        raise Invalid(errors={"attendance": ["unknown"]})

    def seated(seat: Seat) -> Seat:
        one = came.get(seat.unit)
        return replace(seat, present=bool(one and one.present), person=one.person if one else "")

    _change(meeting, seated)
    meeting.held_at = clock.now()


def opine(meeting: Meeting, said: Any, by: Actor) -> str:
    """A unit's opinion: its own people give theirs, whoever keeps the record that of any unit.

    Returns the unit's name. Raises NotPresent.
    """
    keeper = not permissions.meeting_parts(by, meeting).isdisjoint({"convener", "lead"})
    wanted = said.unit if keeper and said.unit else by.department_id
    seat = _present(meeting, wanted)
    position = {"position": said.position, "opinion": said.text}
    _change(meeting, lambda one: replace(one, **position) if one.unit == seat.unit else one)
    return seat.name


def minute(meeting: Meeting, said: Any, by: Actor) -> None:
    """The draft of the lead unit; a new draft is signed anew. A resolution names a case of the
    agenda and a unit at the table; raises Invalid."""
    units = {seat.unit for seat in seats_of(meeting)}
    if not {one.case for one in said.resolutions} <= set(meeting.case_ids):
        raise Invalid(errors={"resolutions": ["unknown_case"]})
    if not {one.unit for one in said.resolutions} <= units:
        raise Invalid(errors={"resolutions": ["unknown_unit"]})
    meeting.minutes = said.minutes
    meeting.drafts = [one.as_json() for one in said.resolutions]
    unsign(meeting)


def unsign(meeting: Meeting) -> None:
    """What was signed has changed: nobody has signed this."""
    _change(
        meeting,
        lambda seat: replace(seat, agrees=None, reservation="", signed_at=None, signed_by=""),
    )


def sign(meeting: Meeting, said: Any, by: Actor) -> str:
    """A unit that was present countersigns, also with a reservation, or says that it does not
    agree. Returns the unit's name. Raises NotPresent, NothingToSign."""
    seat = _present(meeting, by.department_id)
    if seat.signed_at is not None:
        raise NothingToSign
    signed = replace(
        seat,
        agrees=said.agrees,
        reservation=said.reservation,
        signed_at=clock.now(),
        signed_by=by.name,
    )
    _change(meeting, lambda one: signed if one.unit == seat.unit else one)
    return seat.name


def issue(meeting: Meeting, said: Any, by: Actor) -> None:
    """In the meeting's name, once all who were present have signed. One that does not agree is
    overruled by the leader in charge only. Raises SignatureMissing, NotAgreed."""
    present = [seat for seat in seats_of(meeting) if seat.present]
    if missing := [seat.name for seat in present if seat.signed_at is None]:
        raise SignatureMissing(units=missing)
    against = [seat.name for seat in present if seat.agrees is False]
    if against and not meeting.special.get("decision"):
        raise NotAgreed(units=against)
    meeting.issued_at = clock.now()


def _present(meeting: Meeting, unit: UUID | None) -> Seat:
    for seat in seats_of(meeting):
        if seat.unit == unit and seat.present:
            return seat
    raise NotPresent
