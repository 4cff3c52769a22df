"""Whether the last step of a case can still be taken back, by whom and until when (frontend.md §4:
undo, not “are you sure”)."""

from datetime import datetime, timedelta

from apps.cases.accountability import limits
from apps.cases.errors import UndoOver
from apps.cases.models import Case
from apps.cases.rules import State, Step
from apps.drafts import queries as drafts
from apps.drafts.queries import Found
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Refusal

GRACE = timedelta(seconds=3)
"""For the round trip: what is pressed in the last moment still counts."""
BACK_TO = {
    Step.UNDO_TRIAGED: State.TRIAGED,
    Step.UNDO_RETURNED: State.RETURNED,
    Step.UNDO_DELIVERED: State.DELIVERED,
    Step.UNDO_CALLED_BACK: State.CALLED_BACK,
}


def remembered(case: Case) -> Found | None:
    """What the case's present version can be taken back to, while there is time. A case whose last
    step lies further back costs no question."""
    moment = case.closed_at if case.state == State.CLOSED else case.dispatched_at
    if case.state not in (State.DISPATCHED, State.CLOSED) or moment is None:
        return None
    if clock.now() > moment + _window() + GRACE:
        return None
    asked: dict[int, Found | None] = vars(case).setdefault("_last_steps", {})
    if case.version not in asked:
        asked[case.version] = drafts.last_step(case.id)
    found = asked[case.version]
    return found if found is not None and found.version == case.version else None


def know(case: Case, found: Found) -> None:
    """What is known of the case's last step without asking."""
    vars(case).setdefault("_last_steps", {})[case.version] = found


def step_back(case: Case) -> Step:
    """The step that takes the case back; where nothing is remembered, one that is refused."""
    found = remembered(case)
    if found is None:
        return Step.UNDO_CALLED_BACK if case.state == State.CLOSED else Step.UNDO_TRIAGED
    return next(step for step, state in BACK_TO.items() if state == found.kept["state"])


def until(case: Case, by: Actor) -> datetime | None:
    """Until when this actor can take the case's last step back; None when they cannot."""
    found = remembered(case)
    return None if _refused(found, by) or found is None else found.at + _window()


def denied(by: Actor, case: Case, step: Step) -> Refusal | None:
    """Why this step back is not this person's to take now."""
    found = remembered(case)
    if refused := _refused(found, by):
        return refused
    same = found is not None and found.kept["state"] == BACK_TO[step]
    return None if same else UndoOver(seconds=limits.undo_seconds())


def _refused(found: Found | None, by: Actor) -> Refusal | None:
    """Too late, or somebody else's step: after a while nobody knows which."""
    mine = found is not None and found.post == by.post_id
    if mine and found is not None and clock.now() <= found.at + _window() + GRACE:
        return None
    return UndoOver(seconds=limits.undo_seconds())


def _window() -> timedelta:
    return timedelta(seconds=limits.undo_seconds())
