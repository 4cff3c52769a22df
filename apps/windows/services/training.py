"""What somebody was trained and tested for (C-67): the hall keeps the record, the rest follows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.staff import queries as staff
from apps.windows import permissions
from apps.windows.models import Queue, Skill
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid, NotFound, Stale
from bancheng.services.audit import chain as audit
from bancheng.services.live import log as live
from bancheng.services.live.log import Change


@dataclass(frozen=True, slots=True)
class Exam:
    """A test of one person: for a queue or for one service item, one of the two."""

    post: UUID
    tested_on: date
    passed: bool
    queue: UUID | None = None
    item_code: str = ""
    score: str = ""
    record: str = ""


@transaction.atomic
def record_skill(given: Exam, *, by: Actor) -> Skill:
    """Keep the record of a test. Raises Forbidden, and Invalid for what is unknown or not over."""
    permissions.require(by, "skills.keep")
    people = {row["id"]: row["name"] for row in staff.posts()}
    if given.post not in people:
        raise Invalid(errors={"post": ["unknown"]})
    if (given.queue is None) == (given.item_code == ""):
        raise Invalid(errors={"queue": ["required"]})
    if given.queue is not None and not Queue.objects.filter(id=given.queue).exists():
        raise Invalid(errors={"queue": ["unknown"]})
    if given.tested_on > clock.today():
        raise Invalid(errors={"tested_on": ["future"]})
    made = Skill.objects.create(
        post_id=given.post,
        post_name=people[given.post],
        queue_id=given.queue,
        item_code=given.item_code,
        tested_on=given.tested_on,
        passed=given.passed,
        score=given.score,
        record=given.record,
        recorded_by=by.name,
    )
    return _tell("recorded", made, by)


@transaction.atomic
def end_skill(*, skill_id: UUID, by: Actor, version: int | None = None) -> Skill:
    """The record counts no longer: out of date or a mistake. Raises NotFound, Stale, Forbidden."""
    permissions.require(by, "skills.keep")
    found = Skill.objects.select_for_update().filter(id=skill_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound
    if version is not None and version != found.version:
        raise Stale(current=found.version)
    found.ended_at, found.version = clock.now(), found.version + 1
    found.save(update_fields=["ended_at", "version"])
    return _tell("ended", found, by)


def _tell(action: str, row: Skill, by: Actor) -> Skill:
    audit.record(f"skills.{action}", subject="skill", subject_id=row.id, by=by)
    live.publish(("board",), Change(f"skill.{action}", row.id, row.version))
    return row
