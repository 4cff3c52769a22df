"""Deciding about a letter from another hall: once, by either answer (design.md §6)."""

from uuid import UUID

from django.db import transaction

from apps.cases import permissions
from apps.cases.details import Named, Received
from apps.cases.events import LetterAnswered
from apps.cases.models import Applicant, Case
from apps.cases.rules import Cause, Stage, State, resolve_category
from apps.cases.services import enclosing
from apps.cases.services.moving import Line, tell
from apps.cases.services.persons import NewApplicant, sealed
from apps.cases.services.registration import begun, free_number, store
from bancheng.city.exchange import letters
from bancheng.city.exchange import queries as exchange
from bancheng.city.exchange.errors import AlreadyDecided, NotReceiver
from bancheng.city.exchange.kinds import EventKind, LetterState
from bancheng.city.exchange.queries import Mail
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Stale
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox


@transaction.atomic
def accept(*, letter_id: UUID, version: int, note: str, by: Actor) -> Case:
    """Take a referred case over: the decision and the new local case are one commit.

    The decision is written first: of two people at once the second waits there and is refused.
    The case starts triaged with the sender's finding; the receiver's own clocks start now. Files
    that the sender chose follow it.
    Raises NotFound, NotReceiver, AlreadyDecided, Stale.
    """
    letter = _undecided(letter_id, version, by)
    case = _case_of(letter)
    sender = Named(letter.from_hall, letter.from_name)
    sent = exchange.lines_after(letter.id, 0)[0]
    detail = Received(letter.id, sender, letter.case_number, len(sent.files))
    received = Line("referral_received", None, note, detail)
    clocks = begun(case)
    promise = clocks.running(Stage.RESOLVE)
    data = {"receiver_due_on": promise.due_on if promise else None}
    letters.add(letter.id, EventKind.ACCEPTED, note=note, data=data)
    store(case, _applicant_of(case, letter), received, clocks, by)
    enclosing.came_with(sent, case)
    fact = LetterAnswered(letter_id=letter.id, to_hall=letter.from_hall)
    tell(case, [received], by, facts=[fact])
    return case


def _undecided(letter_id: UUID, version: int, by: Actor) -> Mail:
    permissions.require(by, "referrals.decide")
    letter = exchange.letter(letter_id)
    if letter.to_hall != here().id:
        raise NotReceiver
    if letter.state is not LetterState.SENT:
        raise AlreadyDecided
    if letter.version != version:
        raise Stale(current=letter.version)
    return letter


def _case_of(letter: Mail) -> Case:
    """The receiver's own case: what travelled, and the sender's finding."""
    matter = letter.matter
    sender = Named(letter.from_hall, letter.from_name)
    return Case(
        id=ids.new_id(),
        number=free_number(),
        state=State.TRIAGED,
        title=matter.title,
        detail=matter.detail,
        want=matter.want,
        service_item=matter.service_item,
        service_item_name=matter.service_item_name,
        visit_count=matter.visit_count,
        pushed_from=letter.from_name,
        urgency=matter.urgency,
        confidential=matter.confidential,
        first_responder_name=matter.first_responder,
        should_do=matter.should_do,
        can_do=matter.can_do,
        cause=matter.cause,
        blocking_reason=matter.blocking_reason,
        difficulty=matter.difficulty,
        triage_note=matter.triage_note,
        category=resolve_category(Cause(matter.cause), several_units=False),
        registered_at=clock.now(),
        triaged_at=clock.now(),
        letter_in=letter.id,
        referral={
            "in": {"letter": str(letter.id), "hall": sender.as_json(), "state": "accepted"},
        },
    )


def _applicant_of(case: Case, letter: Mail) -> Applicant:
    """Sealed anew under this hall's keys when the contact travelled, else only the mask."""
    contact, matter = letters.contact_of(letter.id), letter.matter
    given = NewApplicant(
        kind=matter.applicant_kind,
        relation=matter.relation,
        name=contact.name if contact else "",
        phone=contact.phone if contact else "",
        enterprise_name=matter.enterprise_name,
    )
    applicant = sealed(case, given)
    applicant.name_mask = matter.name_mask
    return applicant


@transaction.atomic
def return_(*, letter_id: UUID, version: int, reason_code: str, note: str, by: Actor) -> None:
    """Give a referral back with a coded reason; the sender's case comes back to its desk.

    Raises NotFound, NotReceiver, AlreadyDecided, Stale.
    """
    letter = _undecided(letter_id, version, by)
    letters.add(letter.id, EventKind.RETURNED, note=note, data={"reason_code": reason_code})
    detail = {"reason": reason_code}
    action = "cases.referral_returned"
    audit.record(action, subject="letter", subject_id=letter.id, by=by, detail=detail)
    outbox.publish(LetterAnswered(letter_id=letter.id, to_hall=letter.from_hall))
    live.publish(["referrals", "board"], live.Change("referral.returned", letter.id))
