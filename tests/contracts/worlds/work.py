"""Work and a meeting in the world of the contract tests: one of each kind, asked of its unit."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from apps.work.kinds import KINDS
from apps.work.meeting_file import Proposed
from apps.work.services import meetings
from bancheng.kernel import clock
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import hall
from tests.support.people import staff_in
from tests.support.work import begin
from tests.support.work import bodies as beginnings

_KIND_OF_STEP = {
    "answer": "opinion",
    "withdraw": "opinion",
    "provide": "evidence",
    "refuse": "evidence",
    "report": "assist",
    "add": "assist",
    "finish": "assist",
    "stop": "assist",
    "consent": "video",
    "hold": "video",
    "miss": "video",
    "arrive": "home_visit",
    "complete": "home_visit",
    "cancel": "home_visit",
    "heard": "external",
    "end": "external",
    "met": "task_force",
    "dissolve": "task_force",
    "decide": "grey_study",
    "see": "filing",
    "submit": "gov_escalation",
    "feed_back": "gov_escalation",
    "supplement": "deferred",
    "postpone": "deferred",
    "verify": "notice_commitment",
}

_REASON = {"reason": "x"}


def ids(world: Any) -> dict[str, UUID]:
    """The piece of work that each step's address means."""
    helper = staff_in(world.ref, Role.ASSISTANT)
    assert helper.post_id is not None
    given = beginnings(world.team.unit, helper.post_id)
    kinds = dict.fromkeys(_KIND_OF_STEP.values())
    items = {kind: _begun(world, kind, given[kind]) for kind in kinds}
    wanted = Proposed("由谁出证明", (world.case.id,), (world.team.unit,))
    with hall(world.ref):
        meeting = meetings.propose(wanted=wanted, by=world.team.lead)
        world.case.refresh_from_db()
    found = {f"work/<id>/{_dashed(step)}": items[kind] for step, kind in _KIND_OF_STEP.items()}
    return found | {"work": items["opinion"], "meetings": meeting.id}


def _begun(world: Any, kind: str, body: dict[str, Any]) -> UUID:
    return begin(world.ref, world.case, kind, body, world.team.lead)[0].id


def _dashed(code: str) -> str:
    return code.replace("_", "-")


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    """A valid beginning of each kind, a valid body for each step."""
    today, unit = clock.today(), world.team.unit
    given = beginnings(unit, world.team.lead.post_id)
    begun = {
        f"POST cases/<id>/work/{_dashed(kind)}": given[kind]
        for kind in KINDS
        if KINDS[kind].by_hand
    }
    return (
        begun
        | {f"POST work/<id>/{step}": body for step, body in _steps(today).items()}
        | {f"POST meetings/<id>/{step}": body for step, body in _meeting_steps(unit).items()}
        | {"POST work/<id>/reveal": {"field": "phone"}}
        | {"POST meetings": {"topic": "x", "cases": [world.case.id], "units": [unit]}}
    )


def _steps(today: date) -> dict[str, dict[str, Any]]:
    """A valid body for each step of a piece of work."""
    return {
        "answer": {"position": "agree", "text": "x"},
        "withdraw": _REASON,
        "provide": {"result": "x", "got_on": today},
        "refuse": _REASON,
        "report": {"number": 1, "outcome": "done", "result": "x"},
        "add": {"place": "x", "purpose": "x"},
        "finish": {"result": "x"},
        "stop": _REASON,
        "consent": {"how": "written", "told_necessity": True, "agreed": True},
        "hold": {"checks": ["face"], "result": "confirmed"},
        "miss": _REASON,
        "complete": {"steps": ["x"], "proof": "x", "result": "x"},
        "cancel": _REASON,
        "heard": {"on": today, "said": "x", "answer": "agrees"},
        "end": {"result": "x"},
        "met": {"on": today, "said": "x"},
        "dissolve": {"reached": True, "result": "x"},
        "decide": {"decision": "do", "ground": "x"},
        "submit": {"on": today, "document": "x"},
        "feed-back": {"on": today, "told": "x"},
        "supplement": {"material": "单位证明", "arrived_on": today, "how": "window"},
        "postpone": {"reason": "x", "days": 5},
        "verify": {"on": today, "true": True},
    }


def _meeting_steps(unit: UUID) -> dict[str, dict[str, Any]]:
    """A valid body for each step of a joint meeting."""
    return {
        "call": {"planned_at": clock.now() + timedelta(days=1), "place": "x"},
        "hold": {"attendance": [{"unit": unit, "present": True}]},
        "opine": {"position": "agree", "text": "x"},
        "minute": {"minutes": "x"},
        "sign": {"agrees": True},
        "ask-special": {"leader": "x", "question": "x"},
        "decide-special": {"decision": "x"},
        "cancel": _REASON,
    }
