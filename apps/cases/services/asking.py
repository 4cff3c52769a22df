"""What one person asks of another under a case: put down, found again, taken away."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from apps.cases import permissions
from apps.cases.accountability.kept import Answered, Asked, Request, meant_for, open_requests
from apps.cases.details import Named
from apps.cases.errors import NotAsked, PostNotAllowed
from apps.cases.models import Case
from apps.cases.rules import Step
from apps.notices import services as notices
from apps.staff import permissions as staff_permissions
from apps.staff import queries as staff
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor

_ANSWERS = {Request.HAND_OVER: Step.HAND_OVER_ANSWER, Request.REPORT_UP: Step.REPORT_UP_ANSWER}


def ask(
    case: Case, kind: Request, to_post: UUID, text: str, by: Actor, *, wanted_by: date | None = None
) -> Asked:
    """Put a request to a post that may answer it and sees the case; it hears of it.

    Raises PostNotAllowed.
    """
    asked = Asked(
        id=ids.new_id(),
        kind=kind,
        text=text,
        by=Named(by.post_id, by.name),
        to=_addressee(case, kind, to_post, by),
        at=clock.now(),
        wanted_by=wanted_by,
    )
    case.asked = [*case.asked, asked.as_json()]
    note = notices.Note(f"cases.{kind}", "case", case.id, case.number, {"name": by.name})
    notices.tell(note, to=notices.To(posts=[to_post]), by=by)
    return asked


def _addressee(case: Case, kind: Request, post_id: UUID, by: Actor) -> Named:
    found = staff.actor_of_post(post_id)
    answer = f"cases.{_ANSWERS[kind].verb}"
    if found is None or post_id == by.post_id or not staff_permissions.may(found, answer):
        raise PostNotAllowed
    if not permissions.sees_case(found, case.id):
        raise PostNotAllowed
    return Named(post_id, found.name)


def pending(case: Case, kind: Request, by: Actor, request: UUID | None = None) -> Mapping[str, Any]:
    """The open request that was put to the actor: the named one, else the oldest.

    Raises NotAsked.
    """
    for one in open_requests(case.asked, kind):
        if meant_for(one, by.post_id) and request in (None, UUID(one["id"])):
            return one
    raise NotAsked


def answered(case: Case, one: Mapping[str, Any], decision: str) -> Answered:
    """Take an open request away; what history keeps of it."""
    case.asked = [other for other in case.asked if other["id"] != one["id"]]
    asker = one["by"]
    return Answered(
        request=UUID(one["id"]),
        asked=one["text"],
        asked_by=Named(UUID(asker["id"]) if asker["id"] else None, asker["name"]),
        asked_at=one["at"],
        decision=decision,
    )


def tell_asker(case: Case, one: Mapping[str, Any], decision: str, by: Actor) -> None:
    """Who asked hears the answer."""
    params = {"name": by.name, "decision": decision}
    note = notices.Note(f"cases.{one['kind']}_answered", "case", case.id, case.number, params)
    asker = one["by"]["id"]
    notices.tell(note, to=notices.To(posts=[UUID(asker) if asker else None]), by=by)
