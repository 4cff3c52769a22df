"""Jobs and their one shared schedule, which fans out to the halls.

A job finds its own work: running it late, twice or in two workers at once changes nothing.
"""

import logging
from collections.abc import Callable

from celery import shared_task
from celery.signals import worker_init
from django.db import connection, connections

from apps.attachments import tasks as attachment_tasks
from apps.cases import tasks as case_tasks
from apps.conduct import tasks as conduct_tasks
from apps.drafts import tasks as draft_tasks
from apps.notices import tasks as notice_tasks
from apps.oversight import tasks as oversight_tasks
from apps.setup import tasks as setup_tasks
from apps.windows import tasks as window_tasks
from apps.work import tasks as work_tasks
from bancheng.city.rollups import tasks as rollup_tasks
from bancheng.config import self_check
from bancheng.config.celery import app
from bancheng.kernel import poke
from bancheng.kernel.hall import hall
from bancheng.services.idempotency import once
from bancheng.services.live import log as live
from bancheng.services.outbox import queue as outbox
from tenants import directory

log = logging.getLogger(__name__)


@shared_task(name="outbox.drain")
def drain_outbox() -> None:
    """Handle the current hall's waiting events."""
    outbox.drain()


@shared_task(name="outbox.sweep")
def sweep_outboxes() -> None:
    """Find what lost pokes left behind, hall by hall."""
    in_every_hall("outbox", outbox.drain)


@shared_task(name="hall.forget")
def forget_old_rows() -> None:
    """Let go of what has been kept long enough, hall by hall."""
    for name, run in (("live", live.forget), ("outbox", outbox.forget), ("keys", once.forget)):
        in_every_hall(name, run)


def in_every_hall(name: str, run: Callable[[], object]) -> None:
    """Run once inside each hall; one hall's failure is logged and does not stop the others."""
    for schema_name in schema_names():
        try:
            with hall(directory.by_schema(schema_name)):
                run()
        except Exception:
            log.exception("%s failed in %s", name, schema_name)
            connections.close_all()


def schema_names() -> list[str]:
    """Every hall's schema."""
    with hall(None), connection.cursor() as cursor:
        cursor.execute("SELECT schema_name FROM hall_schemas()")
        return [row[0] for row in cursor.fetchall()]


@shared_task(name="halls.each")
def in_each_hall(task: str) -> None:
    """Fan one task of an app out to every hall, in this process: no message per hall."""
    in_every_hall(task, app.tasks[task].run)


def schedule() -> dict[str, dict[str, object]]:
    """The whole beat: our own jobs and those the apps name in their SCHEDULE."""
    own = (("outbox.sweep", 15.0, False), ("hall.forget", 3600.0, False))
    apps = (job for module in _MODULES for job in module.SCHEDULE)
    beat: dict[str, dict[str, object]] = {}
    for task, seconds, per_hall in (*own, *apps):
        entry: dict[str, object] = {"task": task, "schedule": seconds}
        if per_hall:
            entry = {"task": "halls.each", "args": [task], "schedule": seconds}
        beat[task] = entry | {"options": {"expires": seconds}}
    return beat


_MODULES = (
    attachment_tasks,
    case_tasks,
    conduct_tasks,
    draft_tasks,
    notice_tasks,
    rollup_tasks,
    window_tasks,
    work_tasks,
    oversight_tasks,
    setup_tasks,
)
app.conf.beat_schedule = schedule()
poke.work("outbox.sweep", sweep_outboxes)
worker_init.connect(lambda **_: self_check.require(), weak=False, dispatch_uid="self_check")
