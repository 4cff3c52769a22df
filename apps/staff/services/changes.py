"""The end of every change among the hall's people: on record, told to pages and to other apps."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from apps.staff.models import Department, Post
from bancheng.kernel.actor import Actor
from bancheng.services.audit import chain as audit
from bancheng.services.live import log

Hears = Callable[[], object]
_hears: list[Hears] = []
TOPIC = "staff"


def hears_of_people(hear: Hears) -> Hears:
    """Register what has to look again, in the same transaction, when the hall's people change."""
    _hears.append(hear)
    return hear


def people_changed() -> None:
    """Tell everybody who registered; called last by whatever changes posts, roles or units."""
    for hear in _hears:
        hear()


def saved_post(
    post: Post, action: str, by: Actor, *, detail: Mapping[str, Any] | None = None
) -> Post:
    """Store a changed post and tell of it; sockets ask again who they are, and the person's own
    open pages what they may."""
    post.version += 1
    post.save(force_update=True)
    tell_of_post(post, action, by, detail=detail)
    return post


def tell_of_post(
    post: Post, action: str, by: Actor, *, detail: Mapping[str, Any] | None = None
) -> None:
    """What comes after a post was stored: audit, those who registered, live topics."""
    audit.record(f"staff.{action}", subject="post", subject_id=post.id, by=by, detail=detail)
    people_changed()
    _publish(action, post.id, post.version, [f"post:{post.id}"])


def saved_department(
    unit: Department, action: str, by: Actor, *, detail: Mapping[str, Any] | None = None
) -> Department:
    """Store a changed department and tell of it."""
    unit.version += 1
    unit.save(force_update=True)
    audit.record(f"staff.{action}", subject="department", subject_id=unit.id, by=by, detail=detail)
    people_changed()
    _publish(action, unit.id, unit.version, [])
    return unit


def _publish(action: str, subject: UUID, version: int, further: Iterable[str]) -> None:
    log.publish([TOPIC, log.PEOPLE, *further], log.Change(f"staff.{action}", subject, version))
