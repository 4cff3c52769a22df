"""What oversight adds to the world: a card, an order to its unit, a shift, a suspicion."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from apps.oversight.models import Card, Check
from apps.oversight.rules import CheckKind, DutyRole, Level, OrderReason, Part
from apps.oversight.services import orders, roster
from apps.oversight.services.orders import Wish
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import hall

_WISH = Wish(OrderReason.OVERDUE, "超期未办", "三日内办结")


def ids(world: Any) -> Mapping[str, UUID]:
    with hall(world.ref):
        order = orders.rectify(unit=world.team.unit, case_id=None, wish=_WISH, by=SYSTEM)
        shift = roster.assign(
            day=clock.today(),
            part=Part.DAY,
            role=DutyRole.DESK,
            post=world.team.desk.post_id,
            by=SYSTEM,
        )
        card, check = _card(world), _check(world)
    return {"cards": card, "orders": order.id, "duty": shift.id, "quality": check}


def _card(world: Any) -> UUID:
    now = clock.now()
    return Card.objects.create(
        deadline=world.deadline,
        case=world.case.id,
        number=world.case.number,
        stage="sign",
        rule="WH+4",
        level=Level.YELLOW,
        why="stage_overdue",
        blames=True,
        owner_unit=world.team.unit,
        owner_name="民政科",
        started_at=now - timedelta(days=1),
        due_at=now,
        due_on=clock.today(),
        lit_at=now,
    ).id


def _check(world: Any) -> UUID:
    kind = CheckKind.EMPTY_REPLY
    made = Check.objects.create(kind=kind, case=world.case.id, number=world.case.number)
    return made.id


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    wish = {"reason_code": "overdue", "text": "x", "wanted": "x"}
    criteria = ("direct_answer", "facts_clear", "clause_cited", "next_step", "contact_given")
    return {
        "POST notices/read": {"all": True},
        "POST cards/<id>/appeal": {"reason": "x"},
        "POST cards/<id>/decision": {"decision": "uphold", "note": "x"},
        "POST cases/<id>/urge": {"text": "x"},
        "POST cases/<id>/supervision": wish,
        "POST orders": wish | {"unit": world.team.unit},
        "POST orders/<id>/answer": {"text": "x", "proof": "x"},
        "POST orders/<id>/decision": {"decision": "accept"},
        "POST duty": {
            "day": "2099-01-05",
            "part": "day",
            "role": "desk",
            "post": world.team.desk.post_id,
        },
        "POST duty/<id>/cover": {"reason": "x"},
        "POST duty/<id>/swap": {"other": world.team.unit},
        "POST duty/<id>/note": {"text": "x"},
        "POST quality/samples": {"month": "2026-01"},
        "POST quality/<id>/review": {"decision": "confirmed", "note": "x"},
        "POST quality/<id>/score": {"criteria": dict.fromkeys(criteria, True)},
    }
