"""Duty to come and orders to be answered, of a post or a department that ends (C-37, C-40)."""

from uuid import UUID

from django.db.models import QuerySet

from apps.oversight.models import DutyShift, Order
from apps.oversight.rules import OrderState
from apps.staff import holdings
from apps.staff.holdings import Heir, Kind
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit


def _shifts(post: UUID) -> QuerySet[DutyShift, DutyShift]:
    return DutyShift.objects.filter(post=post, day__gt=clock.today())


def _orders(unit: UUID) -> QuerySet[Order, Order]:
    return Order.objects.filter(unit=unit).exclude(state=OrderState.CLOSED)


def _pass_on_shifts(leaving: UUID, heir: Heir, by: Actor) -> None:
    """A shift that the heir has already is one shift."""
    for shift in _shifts(leaving).select_for_update().order_by("id"):
        same = {"day": shift.day, "part": shift.part, "role": shift.role}
        audit.record("oversight.duty_passed_on", subject="duty", subject_id=shift.id, by=by)
        if DutyShift.objects.filter(post=heir.id, **same).exists():
            DutyShift.objects.filter(id=shift.id).delete()
            continue
        shift.post, shift.name, shift.version = heir.id, heir.name, shift.version + 1
        shift.save(update_fields=["post", "name", "version"])


def _pass_on_orders(leaving: UUID, heir: Heir, by: Actor) -> None:
    for order in _orders(leaving).select_for_update().order_by("id"):
        order.unit, order.unit_name, order.version = heir.id, heir.name, order.version + 1
        order.save(update_fields=["unit", "unit_name", "version"])
        audit.record("oversight.order_passed_on", subject="order", subject_id=order.id, by=by)


holdings.on_posts([Kind("oversight.duty", lambda post: _shifts(post).count(), _pass_on_shifts)])
holdings.on_departments(
    [Kind("oversight.orders", lambda unit: _orders(unit).count(), _pass_on_orders)]
)
