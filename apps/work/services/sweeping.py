"""What happens by itself when a day has passed."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from apps.cases.details import Detail
from apps.cases.reading import references
from apps.cases.rules import Stage
from apps.work.files import Nothing
from apps.work.kinds.deferred import Lapsed
from apps.work.models import WorkItem
from apps.work.services import telling
from apps.work.services.stepping import step, taken
from bancheng.city.calendar import queries as calendar
from bancheng.city.calendar.elapsed import elapsed_working_days
from bancheng.city.parameters import queries as parameters
from bancheng.kernel import clock
from bancheng.kernel.actor import SYSTEM

_HORIZON = timedelta(days=40)


def sweep() -> int:
    """Record who did not reply, let promises lapse, remind before they do; how many. Running it
    late, twice or in two workers at once changes nothing: each finds only what still waits."""
    return _no_replies() + _lapses() + _reminders()


def _no_replies() -> int:
    """An opinion that did not come in time is put down as such (C-65)."""
    late = references.items_due(Stage.OPINION, clock.now())
    return sum(_take_step(item, "asked", "no_reply", Nothing()) for item, _ in late)


def _lapses() -> int:
    """Material that did not come by the promised day (§2.9)."""
    found = str(parameters.value("work.deferred_consequence"))
    said = Lapsed("ended" if found == "ended" else "withdrawn")
    late = references.items_due(Stage.DEFERRED, clock.now())
    return sum(_take_step(item, "promised", "lapse", said) for item, _ in late)


@transaction.atomic
def _take_step(item_id: UUID, state: str, code: str, said: Detail) -> bool:
    """One step by the system, unless the item has moved on meanwhile."""
    item, _ = taken(item_id, SYSTEM)
    if item.state != state:
        return False
    step(item_id=item_id, version=None, code=code, given=lambda _: said, by=SYSTEM)
    return True


def _reminders() -> int:
    """A promise is called to mind once, some working days before its day (C-12)."""
    ahead, now = parameters.number("work.deferred_remind_days"), clock.now()
    days = calendar.timekeeping().calendar
    soon = references.items_due(Stage.DEFERRED, now + _HORIZON)
    near = [item for item, due in soon if elapsed_working_days(now, due, days) <= ahead]
    waiting = WorkItem.objects.filter(id__in=near, open=True, reminded_at__isnull=True)
    return sum(_remind(item) for item in waiting.order_by("id").values_list("id", flat=True))


@transaction.atomic
def _remind(item_id: UUID) -> bool:
    item, case = taken(item_id, SYSTEM)
    if item.reminded_at is not None or not item.open:
        return False
    item.reminded_at = clock.now()
    item.save(update_fields=["reminded_at"])
    telling.reminded(item, case.number, SYSTEM)
    return True
