"""A case waits for somebody to decide who handles it: the desk, or an arbiter."""

from apps.cases.accountability import limits
from apps.cases.models import Case
from apps.cases.rules import Stage
from apps.cases.services.clocks import Clocks, desk
from apps.cases.turns import reserved
from apps.notices import services as notices
from bancheng.kernel.actor import Actor


def await_unit(case: Case, clocks: Clocks, by: Actor) -> None:
    """Start the clock of the decision. Given back or begun again too often, the case is reserved
    to the hall's arbiters, and they hear of it (C-68, domain.md §2.3 提级)."""
    if not reserved(case):
        clocks.start(Stage.DISPATCH, desk())
        return
    clocks.start(Stage.RETURN_DECISION, desk())
    params = {"returns": case.return_count, "reopenings": case.reopen_count}
    note = notices.Note("cases.arbiter_wanted", "case", case.id, case.number, params)
    notices.tell(note, to=notices.To(roles=limits.arbiters()), by=by)


def unit_found(clocks: Clocks) -> None:
    """The decision was taken."""
    clocks.stop(Stage.DISPATCH, Stage.RETURN_DECISION)


def no_unit_needed(clocks: Clocks) -> None:
    """The case goes another way."""
    clocks.drop(Stage.DISPATCH, Stage.RETURN_DECISION, Stage.SIGN, Stage.CONTACT)
