"""Handing a case to another hall: its state changes and the letter exists, or neither
(design.md §6)."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.cases.details import Named, Referred
from apps.cases.errors import NoHigherHall
from apps.cases.events import CaseReferred
from apps.cases.models import Applicant, Case, Deadline
from apps.cases.rules import Stage, Step
from apps.cases.services import assisting, enclosing
from apps.cases.services.applicants import plain_contact
from apps.cases.services.awaiting import unit_found
from apps.cases.services.clocks import Clocks, Owner
from apps.cases.services.moving import line, move, take
from bancheng.city.exchange import letters
from bancheng.city.exchange.contents import Matter
from bancheng.city.exchange.letters import Draft
from bancheng.kernel.actor import Actor
from bancheng.kernel.database import records
from bancheng.kernel.hall import HallRef, Level, here

_HEIGHT = {Level.STREET: 0, Level.DISTRICT: 1, Level.CITY: 2}


@dataclass(frozen=True, slots=True)
class Referral:
    """Why a case goes up, and whether the receiver must contact the person (PIPL purpose). Without
    `files` named all go along that may."""

    reason: str
    purpose: str
    need_contact: bool
    legal_basis: str = ""
    to_hall: UUID | None = None
    files: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The changed case and the letter it went away with."""

    case: Case
    letter_id: UUID


@transaction.atomic
def refer_upward(*, case_id: UUID, version: int, given: Referral, by: Actor) -> Sent:
    """Hand a case to a hall above; its own hall keeps its view and its promise.

    Two clocks run from here: the receiver's to accept, and the one promised to the citizen,
    which began earlier and does not stop. Files that show the person go only where they may be
    contacted. Raises NoHigherHall, NotReachable, Invalid.
    """
    case = take(case_id, version, Step.REFERRALS, by)
    files = enclosing.going(case, given.files, by, personal=given.need_contact)
    target = _above(given.to_hall)
    owner = Owner(target.id, target.name)
    clocks = Clocks.of(case)
    unit_found(clocks)
    clocks.drop(Stage.SIGN, Stage.CONTACT)
    assisting.dismiss(case, clocks)
    accept = clocks.start(Stage.REFERRAL_ACCEPT, owner)
    promise = clocks.start_resolving(owner)
    draft = _draft(case, target, given, accept, promise.due_on)
    letter_id = letters.send(replace(draft, files=files))
    case.letter_out, case.letter_seq, case.letter_live = letter_id, 1, True
    to = Named(target.id, target.name)
    remember(case, letter_id, to, "sent")
    detail = Referred(letter_id, to, given.purpose, promise.due_on, len(files))
    sent = line(Step.REFERRALS, given.reason, detail)
    fact = CaseReferred(letter_id=letter_id, to_hall=target.id)
    return Sent(move(case, sent, by, clocks=clocks, facts=[fact]), letter_id)


def remember(case: Case, letter_id: UUID, hall: Named, state: str) -> None:
    """Where the case went, for lists that must not read the mailbox."""
    out = {"letter": str(letter_id), "hall": hall.as_json(), "state": state}
    before = case.referral.get("out") or {}
    files = before.get("files", {}) if before.get("letter") == str(letter_id) else {}
    case.referral = {**case.referral, "out": out | ({"files": files} if files else {})}


def _above(hall_id: UUID | None) -> HallRef:
    wanted = hall_id or here().parent_id
    if wanted is None:
        raise NoHigherHall
    target = letters.addressee(wanted)
    if target.id != here().parent_id and _HEIGHT[target.level] <= _HEIGHT[here().level]:
        raise NoHigherHall(hall=str(wanted))
    return target


def _draft(
    case: Case, target: HallRef, given: Referral, accept: Deadline, promised_on: date
) -> Draft:
    (applicant,) = records.where(Applicant, "case_id = %s", case.id)
    return Draft(
        to_hall=target.id,
        case_id=case.id,
        case_number=case.number,
        reason=given.reason,
        purpose=given.purpose,
        legal_basis=given.legal_basis,
        matter=_matter(case, applicant),
        contact=plain_contact(applicant) if given.need_contact else None,
        promised_on=promised_on,
        accept_due_at=accept.due_at,
    )


def _matter(case: Case, applicant: Applicant) -> Matter:
    return Matter(
        title=case.title,
        detail=case.detail,
        want=case.want,
        service_item=case.service_item,
        service_item_name=case.service_item_name,
        should_do=case.should_do,
        can_do=case.can_do,
        cause=case.cause,
        blocking_reason=case.blocking_reason,
        difficulty=case.difficulty,
        triage_note=case.triage_note,
        urgency=case.urgency,
        confidential=case.confidential,
        visit_count=case.visit_count,
        applicant_kind=applicant.kind,
        relation=applicant.relation,
        enterprise_name=applicant.enterprise_name,
        name_mask=applicant.name_mask,
        first_responder=case.first_responder_name,
    )
