"""Supervision orders about a case (督办) and orders to put something right (整改, C-40).

open ──answer──▶ answered ──accept──▶ closed
  ▲                  └─────reject─────┘ (a new round, a new due date)
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.cases.details import Detail, Named
from apps.cases.rules import Stage
from apps.cases.services import recording
from apps.cases.services.recording import ItemClock, Owner, Written
from apps.notices import services as notices
from apps.notices.services import Note, To
from apps.oversight import permissions
from apps.oversight.details import Answer, OrderDecided, Ordered
from apps.oversight.errors import AlreadySupervised, OrderNotOpen
from apps.oversight.models import Order
from apps.oversight.rules import Audience, OrderKind, OrderReason, OrderState
from apps.oversight.services import telling, urging
from apps.staff import queries as staff
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.engine import due
from bancheng.city.calendar.notation import parse_rule
from bancheng.city.calendar.ruler import Deadline as Due
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live

_STAGES = {OrderKind.SUPERVISION: Stage.SUPERVISE, OrderKind.RECTIFY: Stage.RECTIFY}


@dataclass(frozen=True, slots=True)
class Wish:
    """What an order says. Without `days` the limit in force for its stage holds (§2.2)."""

    reason_code: OrderReason
    text: str
    wanted: str
    days: int | None = None


@transaction.atomic
def supervise(*, case_id: UUID, version: int, wish: Wish, by: Actor) -> Any:
    """Put a case under supervision; the case. Raises NotFound, Stale, Forbidden, CaseIsOver,
    AlreadySupervised."""
    case = urging.taken(case_id, version, "orders.supervise", by)
    if case.supervised:
        raise AlreadySupervised
    order = _made(OrderKind.SUPERVISION, urging.owner(case), wish, by)
    case.supervised = True
    _begin(case, order, wish, by)
    return case


@transaction.atomic
def rectify(*, unit: UUID | None, case_id: UUID | None, wish: Wish, by: Actor) -> Order:
    """Order a unit (or without one the desk) to put something right by a day, with proof.

    Raises Forbidden, Invalid for a unit that is not of this hall, NotFound for the case.
    """
    permissions.require(by, "orders.rectify")
    found = staff.department(unit) if unit else None
    if unit and found is None:
        raise Invalid(errors={"unit": ["unknown"]})
    case = recording.take(case_id, by) if case_id else None
    named = Named(found.id, found.name) if found else Named(None, here().desk_name)
    order = _made(OrderKind.RECTIFY, named, wish, by)
    _begin(case, order, wish, by)
    return order


def _made(kind: OrderKind, unit: Named, wish: Wish, by: Actor) -> Order:
    until = _due(kind, wish.days)
    return Order(
        id=ids.new_id(),
        kind=kind,
        unit=unit.id,
        unit_name=unit.name,
        reason_code=wish.reason_code,
        text=wish.text,
        wanted=wish.wanted,
        due_at=until.due_at,
        due_on=until.due_on,
        issued_by=by.post_id,
        issuer_name=by.name,
        issued_at=clock.now(),
    )


def _due(kind: OrderKind, days: int | None) -> Due:
    time = calendar.timekeeping()
    policy = time.policy(_STAGES[kind], "", clock.today())
    rule = parse_rule(f"WD+{days}") if days else policy.parsed
    return due(clock.now(), rule, time.calendar, time.hours)


def _begin(case: Any, order: Order, wish: Wish, by: Actor) -> None:
    """Store it, tell the unit and its lead, start its clock in the case."""
    if case is not None:
        order.case, order.number = case.id, case.number
    order.save(force_insert=True)
    _tell(order, "ordered", by)
    _record(order, "oversight.ordered", by)
    unit = Named(order.unit, order.unit_name)
    detail = Ordered(order.id, unit, order.reason_code, order.due_on)
    _write(case, order, f"oversight.{order.kind}", wish.text, detail, by, start=wish)


@transaction.atomic
def answer(*, order_id: UUID, version: int, text: str, proof: str, by: Actor) -> Order:
    """Say what was done, with proof (C-40). Raises NotFound, Stale, Forbidden, OrderNotOpen."""
    case, order = _locked(order_id, version, by)
    permissions.require_answer(by, order)
    _require(order, OrderState.OPEN)
    said = Answer(by.post_id, by.name, clock.now(), text, proof)
    order.answers = [*order.answers, said.as_json()]
    order.state = OrderState.ANSWERED
    _tell(order, "answered", by)
    _saved(order, "oversight.answered", by)
    _write(case, order, "oversight.answer", text, OrderDecided(order.id, "answered"), by)
    return order


@transaction.atomic
def decide(
    *, order_id: UUID, version: int, decision: str, note: str, days: int | None, by: Actor
) -> Order:
    """Accept an answer, or send it back with a new due date.

    Raises NotFound, Stale, Forbidden, OrderNotOpen.
    """
    case, order = _locked(order_id, version, by)
    permissions.require(by, "orders.decide")
    _require(order, OrderState.ANSWERED)
    accepted = decision == "accept"
    last = order.answers[-1] | {"decision": decision, "decided_by": by.name, "note": note}
    order.answers = [*order.answers[:-1], last | {"decided_at": clock.now().isoformat()}]
    again = None if accepted else Wish(OrderReason(order.reason_code), note, order.wanted, days)
    if accepted:
        order.state, order.closed_at = OrderState.CLOSED, clock.now()
    else:
        until = _due(OrderKind(order.kind), days)
        order.state, order.due_at, order.due_on = OrderState.OPEN, until.due_at, until.due_on
    if case is not None and accepted and order.kind == OrderKind.SUPERVISION:
        case.supervised = False
    _tell(order, "accepted" if accepted else "rejected", by)
    _saved(order, "oversight.order_decided", by)
    kind = "oversight.closed" if accepted else "oversight.rejected"
    _write(case, order, kind, note, OrderDecided(order.id, decision), by, start=again)
    return order


def _locked(order_id: UUID, version: int, by: Actor) -> tuple[Any, Order]:
    """The order's case first, as every command about a case locks; then the order.

    The unit may have been ordered about a case that it does not see.
    """
    rows = permissions.orders_of(by).filter(id=order_id)
    about = rows.values_list("case", flat=True).first()
    case = recording.take(about, by, entrusted=True) if about else None
    order = rows.select_for_update().order_by("id").first()
    if order is None:
        raise NotFound
    if order.version != version:
        raise Stale(current=order.version)
    return case, order


def _require(order: Order, state: OrderState) -> None:
    if order.state != state:
        raise OrderNotOpen(state=order.state)


def _saved(order: Order, kind: str, by: Actor) -> None:
    order.version += 1
    order.save(force_update=True)
    _record(order, kind, by)


def _record(order: Order, kind: str, by: Actor) -> None:
    detail = {"kind": order.kind, "state": order.state, "due_on": order.due_on.isoformat()}
    audit.record(kind, subject="order", subject_id=order.id, by=by, detail=detail)


def _tell(order: Order, what: str, by: Actor) -> None:
    """The unit of what is asked of it; whoever gave the order of what was answered."""
    params = {"order": str(order.id), "kind": order.kind, "by": by.name, "what": what}
    params |= {"due_on": order.due_on.isoformat(), "unit": order.unit_name}
    note = Note(f"oversight.order_{what}", "order", order.id, order.number, params)
    if what == "answered":
        to = To(posts=[order.issued_by], roles=[Role.SUPERVISOR])
        notices.tell(note, to=to, by=by)
    else:
        rungs = (Audience.OWNER, Audience.UNIT_LEAD)
        telling.climb(note, rungs, unit=order.unit, person=None)


def _write(
    case: Any,
    order: Order,
    kind: str,
    text: str,
    detail: Detail,
    by: Actor,
    *,
    start: Wish | None = None,
) -> None:
    """The line in the case and its clock; without a case only the pages are told. Comes last."""
    if case is None or case.closed_at is not None:
        heard = telling.topics([], [order.unit])
        live.publish(heard, live.Change("orders.changed", order.id, order.version))
        return
    stage = _STAGES[OrderKind(order.kind)]
    owner = Owner(order.unit, order.unit_name)
    clocks = (ItemClock(order.id, stage, owner, days=start.days),) if start else ()
    stop = () if start else ((order.id, "done"),)
    units = (order.unit,) if order.unit else ()
    line = Written(kind, text, detail, start=clocks, stop=stop, units=units)
    recording.write(case, line, by)
